import { describe, expect, it } from 'vitest'
import { doubleWell, observablesFromColumns, quadraticSgd } from '#calibration/simulations.ts'
import { diagnoseRun } from '#core/diagnostics/diagnoseRun.ts'
import type { RunObservables } from '#core/diagnostics/observables/observables.ts'
import { createRandomGenerator } from '#core/random/randomGenerator.ts'
import { findBursts } from '#core/statistics/bursts.ts'
import { recurrence, stepCorrelation } from '#core/statistics/recurrence.ts'

const random = createRandomGenerator(9)
const noise = (count: number) => Float64Array.from({ length: count }, () => random.normal())
function autoregression(phi: number, count: number): Float64Array {
  let x = random.normal() / Math.sqrt(1 - phi * phi)
  return Float64Array.from({ length: count }, () => {
    x = phi * x + random.normal()
    return x
  })
}

function cycleOf(run: RunObservables) {
  const result = diagnoseRun(run).diagnostics.find(({ id }) => id === 'limit-cycle')
  if (!result) throw new Error('no limit cycle')
  return { ...result, detail: (start: string) => result.details.find(({ label }) => label.startsWith(start))?.value }
}

describe('correlation of successive steps', () => {
  it.each([-0.5, 0, 0.5, 0.9])('of an AR(1) is (φ − 1)/2 within four standard errors, φ = %d', (phi) => {
    const { mean, high } = stepCorrelation([autoregression(phi, 20_000)])
    expect(Math.abs(mean - (phi - 1) / 2)).toBeLessThan((4 * (high - mean)) / 2.093)
  })

  it('is −1 for an alternation, 1 for a drift, nothing for a constant', () => {
    const ramp = Float64Array.from({ length: 100 }, (_, i) => i)
    expect(stepCorrelation([ramp.map((i) => (-1) ** i)]).mean).toBe(-1)
    expect(stepCorrelation([ramp]).mean).toBe(1)
    expect(stepCorrelation([ramp.map(() => 3)]).mean).toBeNaN()
  })
})

describe('recurrence distance', () => {
  it('is zero at the period of a cycle, and first there', () => {
    const cycle = Float64Array.from({ length: 400 }, (_, i) => Math.sin((2 * Math.PI * i) / 7))
    const { lags, ratios } = recurrence([cycle], 20)
    expect(lags[ratios.findIndex((ratio) => ratio < 1e-9)]).toBe(7)
  })

  it('of a random walk is √ℓ, of an AR(1) at long lags 1/√(1−φ), within 10 %', () => {
    let sum = 0
    const walk = noise(40_000).map((step) => (sum += step))
    recurrence([walk], 20).ratios.forEach((ratio, i) =>
      expect(Math.abs(ratio / Math.sqrt(i + 2) - 1)).toBeLessThan(0.1),
    )
    expect(
      Math.abs((recurrence([autoregression(0.8, 40_000)], 60).ratios.at(-1) ?? 0) * Math.sqrt(0.2) - 1),
    ).toBeLessThan(0.1)
  })
})

describe('bursts', () => {
  it('are counted with their distance, and there are none in noise', () => {
    const bursting = noise(3000).map((x, i) => x + (i % 250 < 5 ? 40 : 0))
    expect(findBursts(bursting)).toMatchObject({ count: 12, period: 250, irregularity: 0 })
    expect(findBursts(noise(20_000)).count).toBe(0)
    expect(findBursts(new Float64Array(100)).count).toBe(0)
  })

  it('of the loss are told', () => {
    const loss = noise(3000).map((x, i) => 10 + 0.1 * x + (i % 250 < 5 ? 5 : 0))
    expect(cycleOf(observablesFromColumns({ loss }, { loss: 'loss' })).reason).toMatch(
      /bursts of the loss, 250 steps apart on average \(irregularity 0\)/,
    )
  })
})

describe('what stands beside the spectral line', () => {
  it('of the period-two orbit: steps that turn back, distance zero after two', () => {
    const cycle = cycleOf(doubleWell({ eta: 1.1, sigma: 0, n: 2000, start: 0.9, seed: 1 }))
    expect(cycle.detail('correlation of successive steps')).toBeCloseTo(-1, 9)
    expect(cycle.detail('smallest recurrence distance of the weights')).toBeCloseTo(0, 9)
    expect(cycle.detail('lag-one autocorrelation of the loss')).toBeCloseTo(-1, 2)
    expect(cycle.reason).toContain('the loss alternates')
  })

  it('of a long record of the orbit is the same: no row is left out', () => {
    const cycle = cycleOf(doubleWell({ eta: 1.1, sigma: 0, n: 9000, start: 0.9, seed: 1 }))
    expect(cycle.detail('correlation of successive steps')).toBeCloseTo(-1, 9)
    expect(cycle.detail('lag of the smallest recurrence distance of the weights')).toBe(2)
  })

  it('stands where its period is, in the spectrum of the series that is named', () => {
    const run = quadraticSgd({ h: 1, eta: 0.1, sigma: 1, n: 9000, seed: 2 })
    const { charts, reason, detail } = cycleOf(run)
    const spectrum = charts.find(({ kind }) => kind === 'spectrum')
    if (spectrum?.kind !== 'spectrum') throw new Error('no spectrum')
    expect(reason).toContain(`strongest line of ${spectrum.observable}: period`)
    expect(detail('period of the strongest line')).toBe(spectrum.peakPeriod)
    expect(spectrum.longestPeriod).toBe(4096 / 16)
    // Of 2048 frequencies of the newest 4096 points fewer are drawn, all of the slow ones; among those fast enough the line is the strongest.
    expect(spectrum.frequencies.length).toBeLessThan(256)
    expect(spectrum.frequencies.slice(0, 32).map((frequency) => Math.round(4096 * frequency))).toEqual(
      Array.from({ length: 32 }, (_, i) => i + 1),
    )
    const fastEnough = spectrum.shares.filter((_, i) => 1 / (spectrum.frequencies[i] ?? 0) <= spectrum.longestPeriod)
    const strongest = spectrum.frequencies[spectrum.shares.indexOf(Math.max(...fastEnough))] ?? 0
    // Its fundamental, where the strongest is an overtone.
    expect([1, 2].map((multiple) => multiple / strongest)).toContain(spectrum.peakPeriod)
    expect(spectrum.frequencies.map((frequency) => 1 / frequency)).toContain(spectrum.peakPeriod)
  })

  it('has periods in steps, also where only every fifth was recorded', () => {
    const step = Float64Array.from({ length: 2000 }, (_, i) => 5 * i)
    const loss = step.map((t) => 2 + Math.sin((2 * Math.PI * t) / 40))
    const { charts, detail } = cycleOf(observablesFromColumns({ step, loss }, { loss: 'loss' }))
    const spectrum = charts.find(({ kind }) => kind === 'spectrum')
    if (spectrum?.kind !== 'spectrum') throw new Error('no spectrum')
    expect(detail('period of the strongest line of loss')).toBeCloseTo(40, 9)
    const strongest = spectrum.shares.indexOf(Math.max(...spectrum.shares))
    expect(1 / (spectrum.frequencies[strongest] ?? 0)).toBeCloseTo(40, 9)
    expect(spectrum.longestPeriod).toBe((5 * 1024) / 16)
  })

  it('of SGD is no alternation', () => {
    const cycle = cycleOf(quadraticSgd({ h: 1, eta: 0.1, sigma: 1, n: 4000, seed: 2 }))
    expect(cycle.detail('correlation of successive steps of the weights')).toBeCloseTo(-0.05, 1)
    expect(cycle.reason).not.toMatch(/alternates|turn back|bursts/)
  })
})
