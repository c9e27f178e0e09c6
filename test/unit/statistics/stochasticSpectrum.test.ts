import { readFileSync } from 'node:fs'
import tQuantile from '@stdlib/stats-base-dists-t-quantile'
import { describe, expect, it } from 'vitest'
import { createRandomStream } from '#core/random/randomStream.ts'
import { meanIntegral } from '#core/statistics/spectralQuadrature.ts'
import { stochasticSpectrum } from '#core/statistics/stochasticSpectrum.ts'

const fixture = new URL('../../fixtures/reference/q13_hessian_matrix.csv', import.meta.url)
const matrix = readFileSync(fixture, 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(',').map(Number))
const q13 = (vector: Float64Array) =>
  Float64Array.from(matrix, (row) => row.reduce((sum, entry, i) => sum + entry * (vector[i] ?? 0), 0))

function signs(size: number, count: number, first: number): Float64Array[] {
  return Array.from({ length: count }, (_, i) => {
    const random = createRandomStream(5, 'signs', first + i)
    return Float64Array.from({ length: size }, () => (random.integer(2) === 0 ? -1 : 1))
  })
}

describe('the trace by stochastic Lanczos quadrature', () => {
  it.each([4, 8])('of q13 is covered by its interval at 95 percent, %i starts', (count) => {
    const bound = tQuantile(0.975, count - 1)
    const repeats = 400
    const traces = Array.from(
      { length: repeats },
      (_, i) => stochasticSpectrum(q13, signs(60, count, count * i), 20).trace,
    )
    const covered = traces.filter(({ mean, standardError }) => Math.abs(mean - 60.8) <= bound * standardError)
    expect(covered.length / repeats).toBeGreaterThan(0.92)
    expect(covered.length / repeats).toBeLessThan(0.98)
    const centre = traces.reduce((sum, { mean }) => sum + mean, 0) / repeats
    const spread = Math.sqrt(traces.reduce((sum, { mean }) => sum + (mean - centre) ** 2, 0) / (repeats - 1))
    expect(Math.abs(centre - 60.8)).toBeLessThan((4 * spread) / Math.sqrt(repeats))
  })

  it('varies less than the plain mean of vᵀHv', () => {
    const { trace, quadratures } = stochasticSpectrum(q13, signs(60, 10, 0), 30)
    expect(trace.standardError).toBeLessThan(0.2 * 60 * meanIntegral(quadratures, (node) => node).standardError)
  })

  it('counts an eigenvalue as often as it occurs', () => {
    const spectrum = Float64Array.from({ length: 30 }, (_, i) => (i < 12 ? 7 : i < 20 ? -1 : 0))
    const operator = (vector: Float64Array) => vector.map((v, i) => v * (spectrum[i] ?? 0))
    const { trace, quadratures } = stochasticSpectrum(operator, signs(30, 20, 0), 30)
    expect(Math.abs(trace.mean - (12 * 7 - 8))).toBeLessThan(4 * trace.standardError)
    expect(trace.standardError).toBeLessThan(4)
    expect(meanIntegral(quadratures, (node) => (node < -0.5 ? 1 : 0)).mean).toBeCloseTo(8 / 30, 9)
  })

  it('has no standard error from one start, and nothing from products that are not finite', () => {
    expect(stochasticSpectrum(q13, signs(60, 1, 0), 30).trace.standardError).toBeNaN()
    const broken = stochasticSpectrum((vector) => vector.map(() => Number.NaN), signs(6, 2, 0), 4)
    expect(broken.trace.mean).toBeNaN()
    expect(broken.quadratures.map(({ nodes }) => nodes.length)).toEqual([0, 0])
  })
})
