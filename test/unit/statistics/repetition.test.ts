import { describe, expect, it } from 'vitest'
import { observablesFromColumns } from '#calibration/simulations.ts'
import { diagnoseRun } from '#core/diagnostics/diagnoseRun.ts'
import { createRandomGenerator, type RandomGenerator } from '#core/random/randomGenerator.ts'
import { autocovariance } from '#core/statistics/autocovariance.ts'
import { repetition } from '#core/statistics/repetition.ts'

const n = 6000

const repetitionOf = (values: Float64Array) => repetition(autocovariance(values, values.length >> 1), values.length)

/** A pulse of height 5 at the first point of every period, on noise of standard deviation `spread`. */
function pulses(period: number, spread: number): Float64Array {
  const random = createRandomGenerator(7)
  return Float64Array.from({ length: n }, (_, t) => (t % period < 1 ? 5 : 0) + spread * random.normal())
}

const diagnose = (loss: Float64Array) => diagnoseRun(observablesFromColumns({ loss }, { loss: 'loss' }))

describe('repetition', () => {
  it.each([3, 12, 25, 50, 100, 200])('finds the period %d of pulses, and all of the variance in it', (period) => {
    const found = repetitionOf(pulses(period, 0))
    expect(found?.period).toBeCloseTo(period, 9)
    expect(found?.share).toBeGreaterThan(0.98)
    expect(found?.share).toBeLessThan(1.02)
  })

  // The variance of pulses of height a at every P-th point is a²(1/P)(1 − 1/P), exactly; the noise adds its own.
  it.each([
    [12, 1],
    [25, 0.5],
    [50, 0.5],
  ])('gives the share of pulses with period %d under noise of deviation %d', (period, spread) => {
    const variance = (25 / period) * (1 - 1 / period)
    const found = repetitionOf(pulses(period, spread))
    expect(found?.period).toBeCloseTo(period, 9)
    expect(Math.abs((found?.share ?? Number.NaN) - variance / (variance + spread ** 2))).toBeLessThan(0.05)
  })

  it('is not there in noise with and without memory, nor in a constant', () => {
    const random = createRandomGenerator(11)
    for (const memory of [0, 0.5, 0.9, 0.97, 0.999]) {
      let state = 0
      const values = Float64Array.from({ length: 4000 }, () => (state = memory * state + random.normal()))
      expect(repetitionOf(values)?.share ?? 0).toBeLessThan(0.3)
    }
    expect(repetitionOf(new Float64Array(400))).toBeUndefined()
  })
})

describe('a cycle of pulses', () => {
  it.each([12, 25, 50, 100])('of period %d is a limit cycle, with noise or without', (period) => {
    for (const spread of [0, 0.1]) {
      const { verdict, diagnostics } = diagnose(pulses(period, spread))
      expect(verdict.id).toBe('limit-cycle')
      expect(diagnostics.find(({ id }) => id === 'limit-cycle')?.reason).toContain(
        `period ${period < 100 ? period.toFixed(1) : period} steps`,
      )
    }
  })

  it.each([
    [37, 0.3],
    [90, 0.3],
    [150, 0.3],
    [200, 0.3],
    [300, 0],
  ])(
    'of a wave has its period %d, between the lines of the spectrum, with a harmonic of size %d',
    (period, harmonic) => {
      const random = createRandomGenerator(5)
      const loss = Float64Array.from({ length: 8000 }, (_, t) => {
        const phase = (2 * Math.PI * t) / period
        return 1 + Math.sin(phase) + harmonic * Math.sin(2 * phase + 1) + 0.1 * random.normal()
      })
      const { verdict, diagnostics } = diagnose(loss)
      expect(verdict.id).toBe('limit-cycle')
      const cycle = diagnostics.find(({ id }) => id === 'limit-cycle')
      const found =
        cycle?.details.find(({ label }) => label.startsWith('period of the strongest line'))?.value ?? Number.NaN
      expect(Math.abs(found / period - 1)).toBeLessThan(0.005)
      expect(cycle?.reason).not.toContain('its harmonic of period 2')
    },
  )

  it('whose pulses come at random is none', () => {
    const random = createRandomGenerator(13)
    const verdicts = Array.from({ length: 8 }, () => diagnose(randomPulses(random)).verdict.id)
    expect(verdicts).not.toContain('limit-cycle')
  })
})

/** Pulses about 25 points apart, give or take 5. */
function randomPulses(random: RandomGenerator): Float64Array {
  const values = Float64Array.from({ length: n }, () => 0.1 * random.normal())
  for (let place = 0; place < n; place += Math.max(1, 25 + 5 * random.normal())) values[Math.floor(place)] = 5
  return values
}
