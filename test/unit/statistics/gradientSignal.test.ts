import { describe, expect, it } from 'vitest'
import { createRandomGenerator } from '#core/random/randomGenerator.ts'
import {
  gradientSample,
  signalOfHalves,
  signalOfSums,
  signalOfTwoBatchSizes,
  signalVariance,
} from '#core/statistics/gradientSignal.ts'
import { mean, variance } from '#core/statistics/moments.ts'
import { isAwayFromZero, ratioInterval } from '#core/statistics/ratioInterval.ts'
import { agrees, readReference, readTrace } from './referenceTraces.ts'

const q11 = readReference().at('problems', 'q11_gradient_samples')
const columns = Object.values(readTrace('q11_gradient_samples').columns)
const rows = Array.from({ length: 32 }, (_, i) => Float64Array.from(columns, (column) => column[i] ?? Number.NaN))
const normSquared = (vector: Float64Array) => vector.reduce((sum, value) => sum + value * value, 0)
const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, k) => sum + value * (b[k] ?? 0), 0)
const meanOf = (vectors: readonly Float64Array[]) =>
  (vectors[0] ?? new Float64Array()).map(
    (_, k) => vectors.reduce((sum, vector) => sum + (vector[k] ?? 0), 0) / vectors.length,
  )

/** `count` gradients μ + σξ. */
function draw(truth: readonly number[], count: number, random: { normal: () => number }): Float64Array[] {
  return Array.from({ length: count }, () =>
    Float64Array.from(truth, (value, k) => value + (1 + k / 4) * random.normal()),
  )
}

describe('gradients at the same weights', () => {
  it('have the U-statistic, naive norm and noise trace of q11', () => {
    const sample = gradientSample(rows)
    expect(agrees(sample.signal, q11.number('on_trace', 'unbiased_ustat'))).toBe(true)
    expect(agrees(sample.naive, q11.number('on_trace', 'naive'))).toBe(true)
    expect(agrees(sample.noise, q11.number('on_trace', 'tr_sigma'))).toBe(true)
    expect(sample.naive - sample.signal).toBeCloseTo(sample.noise / 32, 12)
    const sums = signalOfSums(
      normSquared(meanOf(rows)) * 32 ** 2,
      rows.reduce((sum, row) => sum + normSquared(row), 0),
      32,
    )
    expect(sums.signal).toBeCloseTo(sample.signal, 12)
  })

  it('have the two-half estimate of q11', () => {
    const [first, second] = [meanOf(rows.slice(0, 16)), meanOf(rows.slice(16))]
    const halves = signalOfHalves({ dot: dot(first, second), first: normSquared(first), second: normSquared(second) })
    expect(agrees(halves.signal, q11.number('on_trace', 'two_half'))).toBe(true)
  })

  it('have the standard error of q11 in theory', () => {
    const error = Math.sqrt(signalVariance(q11.number('exact', 'grad2'), 12, 32))
    expect(agrees(error, q11.number('exact', 'se_unbiased'))).toBe(true)
  })

  it('are unbiased in signal, noise and in the variance of the signal, where the naive norm is not', () => {
    const random = createRandomGenerator(21)
    const truth = [0.6, -0.3, 0.2, 0]
    const scales = truth.map((_, k) => 1 + k / 4)
    const exact = truth.reduce((sum, value) => sum + value * value, 0)
    const noise = scales.reduce((sum, scale) => sum + scale ** 2, 0)
    const form = truth.reduce((sum, value, k) => sum + (value * (scales[k] ?? 0)) ** 2, 0)
    const spread = signalVariance(
      form,
      scales.reduce((sum, scale) => sum + scale ** 4, 0),
      8,
    )
    const samples = Array.from({ length: 4000 }, () => gradientSample(draw(truth, 8, random)))
    const errors = (values: Float64Array, expected: number) =>
      Math.abs(mean(values) - expected) / Math.sqrt(variance(values) / values.length)
    const signals = Float64Array.from(samples, ({ signal }) => signal)
    expect(errors(signals, exact)).toBeLessThan(4)
    expect(
      errors(
        Float64Array.from(samples, (sample) => sample.noise),
        noise,
      ),
    ).toBeLessThan(4)
    expect(
      errors(
        Float64Array.from(samples, (sample) => sample.signalVariance),
        spread,
      ),
    ).toBeLessThan(4)
    expect(Math.abs(variance(signals) / spread - 1)).toBeLessThan(0.15)
    expect(
      errors(
        Float64Array.from(samples, ({ naive }) => naive),
        exact,
      ),
    ).toBeGreaterThan(20)
  })

  it('give NaN where there are too few', () => {
    expect(gradientSample([])).toMatchObject({ signal: Number.NaN, noise: Number.NaN, naive: Number.NaN })
    expect(gradientSample([Float64Array.of(1)]).signal).toBeNaN()
    expect(gradientSample(rows.slice(0, 3)).signalVariance).toBeNaN()
    expect(gradientSample([Float64Array.of(1), Float64Array.of(Number.NaN)]).signal).toBeNaN()
  })
})

describe('halves of a batch', () => {
  /** Mean over every way to draw B of N without replacement and to cut it into halves. */
  function enumerate(
    population: readonly Float64Array[],
    batchSize: number,
    estimate: (a: Float64Array, b: Float64Array) => number,
  ) {
    const half = batchSize / 2
    const choose = (from: readonly number[], count: number): number[][] =>
      count === 0
        ? [[]]
        : from.flatMap((first, i) => choose(from.slice(i + 1), count - 1).map((others) => [first, ...others]))
    const indices = population.map((_, i) => i)
    const values = choose(indices, half).flatMap((a) =>
      choose(
        indices.filter((i) => !a.includes(i)),
        half,
      ).map((b) => {
        const part = (chosen: number[]) => meanOf(chosen.map((i) => population[i] ?? new Float64Array()))
        return estimate(part(a), part(b))
      }),
    )
    return values.reduce((sum, value) => sum + value, 0) / values.length
  }
  const random = createRandomGenerator(5)
  const population = draw([0.5, 0.2], 7, random)
  const full = meanOf(population)
  const truth = normSquared(full)
  const exampleNoise = population.reduce((sum, row) => sum + normSquared(row) - truth, 0) / 6
  const products = (a: Float64Array, b: Float64Array) => ({
    dot: dot(a, b),
    first: normSquared(a),
    second: normSquared(b),
  })

  it('drawn without replacement (N = 7, B = 4) are exact only with the correction', () => {
    const corrected = enumerate(population, 4, (a, b) => signalOfHalves(products(a, b), 4 / 7).signal)
    const plain = enumerate(population, 4, (a, b) => signalOfHalves(products(a, b)).signal)
    expect(corrected).toBeCloseTo(truth, 12)
    expect(plain).toBeCloseTo(truth - exampleNoise / 7, 12)
    expect(enumerate(population, 4, (a, b) => signalOfHalves(products(a, b), 4 / 7).noise)).toBeCloseTo(
      (exampleNoise / 4) * (1 - 4 / 7),
      12,
    )
  })
})

describe('two batch sizes', () => {
  it('separate signal and noise exactly from expected norms', () => {
    const at = (batchSize: number) => ({ batchSize, normSquared: 0.4 + 12 / batchSize })
    const { signal, noise } = signalOfTwoBatchSizes(at(16), at(128))
    expect(signal).toBeCloseTo(0.4, 12)
    expect(noise).toBeCloseTo(12, 12)
    expect(signalOfTwoBatchSizes(at(16), at(16)).signal).toBeNaN()
  })
})

describe('ratio of means', () => {
  it('covers the truth in 90 to 99 % of 400 correlated pairs at nominal 95 %', () => {
    const random = createRandomGenerator(9)
    let covered = 0
    for (let repetition = 0; repetition < 400; repetition += 1) {
      let common = 0
      const x = new Float64Array(2000)
      const y = new Float64Array(2000)
      for (let t = 0; t < x.length; t += 1) {
        common = 0.8 * common + random.normal()
        x[t] = 4 + common
        y[t] = 6 + 0.5 * common + random.normal()
      }
      const { low, high } = ratioInterval(y, x)
      if (low <= 1.5 && high >= 1.5) covered += 1
    }
    expect(covered / 400).toBeGreaterThan(0.9)
    expect(covered / 400).toBeLessThan(0.99)
  })

  it('is refused for a mean that may be zero', () => {
    const random = createRandomGenerator(3)
    expect(isAwayFromZero(Float64Array.from({ length: 200 }, () => random.normal()))).toBe(false)
    expect(isAwayFromZero(Float64Array.from({ length: 200 }, () => 1 + random.normal()))).toBe(true)
    expect(isAwayFromZero(Float64Array.of(1))).toBe(false)
  })
})
