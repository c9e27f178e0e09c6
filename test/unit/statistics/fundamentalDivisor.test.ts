import { describe, expect, it } from 'vitest'
import { observablesFromColumns } from '#calibration/simulations.ts'
import { diagnoseRun } from '#core/diagnostics/diagnoseRun.ts'
import { createRandomGenerator } from '#core/random/randomGenerator.ts'
import { fundamentalDivisor, interpolatedBin } from '#core/statistics/fundamentalDivisor.ts'
import { periodogram } from '#core/statistics/periodogram.ts'

const n = 6000

/** Repeats `orbit` with independent noise of standard deviation `spread`. */
function repeat(orbit: readonly number[], spread: number): Float64Array {
  const random = createRandomGenerator(3)
  return Float64Array.from({ length: n }, (_, t) => (orbit[t % orbit.length] ?? 0) + spread * random.normal())
}

function periodOf(loss: Float64Array): number {
  const cycle = diagnoseRun(observablesFromColumns({ loss }, { loss: 'loss' })).diagnostics.find(
    ({ id }) => id === 'limit-cycle',
  )
  return cycle?.details.find(({ label }) => label.startsWith('period of the strongest line'))?.value ?? Number.NaN
}

describe('the period of a cycle', () => {
  it.each([
    [5, [0.2, 0.7, 0.14, 0.64, 0.29]],
    [7, [10.7, 0.5, 0.27, 4.2, 11.8, 0.17, 0.52]],
    [4, [1, 0.1, 0.9, 0]],
    [6, [1, 0, 0.8, 0.1, 1.2, 0.05]],
    [3, [1, 0, 0.4]],
    [2, [1, 0]],
  ])('is %d where its strongest line is a harmonic, with noise or without', (period, orbit) => {
    for (const spread of [0, 0.05]) expect(periodOf(repeat(orbit, spread))).toBeCloseTo(period, 2)
  })

  it('is that of an orbit that nearly repeats itself after half of it', () => {
    expect(periodOf(repeat([0.3009, 0.7612, 0.0568, 0.2718, 0.7582, 0.046], 0))).toBeCloseTo(6, 2)
  })

  it('is that of the line itself for a sinusoid, and for slow noise', () => {
    const random = createRandomGenerator(5)
    let state = 0
    const slow = Float64Array.from({ length: n }, () => (state = 0.95 * state + random.normal()))
    const sinusoid = slow.map((value, t) => 10 * Math.sin((2 * Math.PI * t) / 11.3) + value)
    expect(periodOf(sinusoid)).toBeCloseTo(11.3, 1)
    const divisors = Array.from({ length: 100 }, (_, i) => {
      const part = Float64Array.from({ length: 1024 }, () => (state = 0.95 * state + random.normal()))
      const { shares } = periodogram(part)
      return fundamentalDivisor(shares, 120 + i, 16)
    })
    expect(divisors.filter((divisor) => divisor > 1).length).toBeLessThan(10)
  })
})

describe('interpolatedBin', () => {
  it('finds a line between two bins', () => {
    const values = Float64Array.from({ length: 4096 }, (_, t) => Math.cos((2 * Math.PI * 300.3 * t) / 4096 + 0.4))
    const { shares } = periodogram(values)
    expect(interpolatedBin(shares, 299)).toBeCloseTo(300.3, 2)
  })
})
