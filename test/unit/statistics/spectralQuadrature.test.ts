import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createRandomStream } from '#core/random/randomStream.ts'
import {
  integrate,
  meanIntegral,
  spectralDensity,
  spectralQuadrature,
  type SpectralQuadrature,
} from '#core/statistics/spectralQuadrature.ts'

const fixture = new URL('../../fixtures/reference/q13_hessian_matrix.csv', import.meta.url)
const matrix = readFileSync(fixture, 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(',').map(Number))
const q13 = (vector: Float64Array) =>
  Float64Array.from(matrix, (row) => row.reduce((sum, entry, i) => sum + entry * (vector[i] ?? 0), 0))
const diagonal = (spectrum: Float64Array) => (vector: Float64Array) => vector.map((v, i) => v * (spectrum[i] ?? 0))

function signs(size: number, index: number): Float64Array {
  const random = createRandomStream(3, 'signs', index)
  return Float64Array.from({ length: size }, () => (random.integer(2) === 0 ? -1 : 1))
}

function quadratures(
  multiply: (vector: Float64Array) => Float64Array,
  size: number,
  { count, iterations, first = 0 }: { count: number; iterations: number; first?: number },
): SpectralQuadrature[] {
  return Array.from({ length: count }, (_, i) => spectralQuadrature(multiply, signs(size, first + i), iterations))
}

const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0)
const power = (exponent: number) => (node: number) => node ** exponent

describe('spectral quadrature', () => {
  it('integrates polynomials up to degree 2m − 1 exactly, and no further', () => {
    const start = signs(60, 0)
    const quadrature = spectralQuadrature(q13, start, 4)
    let image = start
    const exact = Array.from({ length: 9 }, () => {
      const moment = dot(start, image) / 60
      image = q13(image)
      return moment
    })
    const ratios = exact.map((moment, p) => integrate(quadrature, power(p)) / moment)
    for (const ratio of ratios.slice(0, 8)) expect(ratio).toBeCloseTo(1, 10)
    expect(Math.abs((ratios[8] ?? 1) - 1)).toBeGreaterThan(1e-6)
  })

  it('finds the extremes and the trace of the reference Hessian (q13)', () => {
    const all = quadratures(q13, 60, { count: 10, iterations: 60 })
    for (const { nodes, weights } of all) {
      expect(nodes.at(-1)).toBeCloseTo(25, 9)
      expect(nodes[0]).toBeCloseTo(-0.2, 9)
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12)
    }
    const trace = meanIntegral(all, power(1))
    expect(Math.abs(60 * trace.mean - 60.8)).toBeLessThan(4 * 60 * trace.standardError)
  })

  it('is exact for the trace of a diagonal operator from one start of signs', () => {
    const spectrum = Float64Array.from({ length: 50 }, (_, i) => Math.sin(i))
    const [quadrature] = quadratures(diagonal(spectrum), 50, { count: 1, iterations: 10 })
    if (!quadrature) throw new Error('one was asked for')
    expect(50 * integrate(quadrature, power(1))).toBeCloseTo(
      spectrum.reduce((sum, value) => sum + value, 0),
      10,
    )
  })

  it('sees the share of negative eigenvalues', () => {
    const spectrum = Float64Array.from({ length: 400 }, (_, i) => (i < 100 ? -1 - i / 400 : 2 + i / 400))
    const all = quadratures(diagonal(spectrum), 400, { count: 10, iterations: 40 })
    const share = meanIntegral(all, (node) => (node < 0 ? 1 : 0))
    expect(share.mean).toBeCloseTo(0.25, 6)
  })

  it('stops at the end of the Krylov space', () => {
    const { nodes, weights } = spectralQuadrature(diagonal(Float64Array.of(2, 2, 5, 5)), Float64Array.of(1, 1, 1, 1), 4)
    expect([...nodes].map((node) => Math.round(node * 1e9) / 1e9)).toEqual([2, 5])
    expect(weights[0]).toBeCloseTo(0.5, 12)
  })

  it('has no nodes, and NaN everywhere, when products are not finite', () => {
    const broken = spectralQuadrature((vector) => vector.map(() => Number.NaN), signs(5, 0), 3)
    expect(broken.nodes).toHaveLength(0)
    expect(integrate(broken, power(1))).toBeNaN()
    expect(spectralDensity([broken], [0], 1)[0]).toBeNaN()
    expect(meanIntegral([], power(1)).mean).toBeNaN()
  })
})

describe('spectral density', () => {
  const grid = Float64Array.from({ length: 2001 }, (_, i) => -3 + i * 0.003)

  it('is that of Wigner’s semicircle law, blurred', () => {
    // Quantiles of the semicircle on [−2, 2]: the eigenvalues of a large random symmetric matrix, without its randomness.
    const cumulative = (x: number) => 0.5 + (x * Math.sqrt(4 - x * x)) / (4 * Math.PI) + Math.asin(x / 2) / Math.PI
    const quantile = (share: number) => {
      let [low, high] = [-2, 2]
      for (let i = 0; i < 60; i += 1) {
        const middle = (low + high) / 2
        if (cumulative(middle) < share) low = middle
        else high = middle
      }
      return low
    }
    const spectrum = Float64Array.from({ length: 1000 }, (_, i) => quantile((i + 0.5) / 1000))
    const all = quadratures(diagonal(spectrum), 1000, { count: 10, iterations: 80 })
    const points = [-1.5, -1, 0, 1, 1.5]
    const density = spectralDensity(all, points, 0.1)
    points.forEach((x, i) => expect(density[i]).toBeCloseTo(Math.sqrt(4 - x * x) / (2 * Math.PI), 1.5))
    expect(meanIntegral(all, power(2)).mean).toBeCloseTo(1, 2)
    expect(meanIntegral(all, power(4)).mean).toBeCloseTo(2, 1)
  })

  it('integrates to 1 and keeps mass and place of isolated eigenvalues', () => {
    const spectrum = Float64Array.from({ length: 200 }, (_, i) => (i < 20 ? 2 : 0))
    const all = quadratures(diagonal(spectrum), 200, { count: 10, iterations: 20 })
    const density = spectralDensity(all, grid, 0.04)
    const mass = (from: number) => density.reduce((sum, y, i) => ((grid[i] ?? 0) >= from ? sum + y * 0.003 : sum), 0)
    expect(mass(-3)).toBeCloseTo(1, 6)
    expect(mass(1)).toBeCloseTo(0.1, 6)
  })
})
