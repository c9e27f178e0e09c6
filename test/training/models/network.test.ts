import { EigenvalueDecomposition, Matrix } from 'ml-matrix'
import { describe, expect, it } from 'vitest'
import { createRandomStream } from '#core/random/randomStream.ts'
import { meanIntegral } from '#core/statistics/spectralQuadrature.ts'
import { stochasticSpectrum } from '#core/statistics/stochasticSpectrum.ts'
import { loadTensorEngine } from '#engine/tensor/loadTensorEngine.ts'
import { buildLayers } from '#engine/training/models/buildLayers.ts'
import { countCorrect, sumCrossEntropy } from '#engine/training/models/classification.ts'
import { createNetwork } from '#engine/training/models/network.ts'
import { initialWeights } from '#engine/training/models/parameterLayout.ts'
import { lanczos } from '#core/linearAlgebra/lanczos.ts'

const { operations } = await loadTensorEngine()
const batchSize = 6

function gaussian(label: string, size: number): Float32Array {
  const values = new Float32Array(size)
  createRandomStream(2, label).fillNormal(values)
  return values
}

/** A network on six random images of 6 x 6, with losses and derivatives as plain functions. */
function smallProblem(model: Parameters<typeof buildLayers>[0]) {
  const network = createNetwork(operations, buildLayers(model, [6, 6, 1], 3))
  const images = gaussian('images', batchSize * 36)
  const labels = Int32Array.of(0, 1, 2, 2, 1, 0)
  const inScope = <Result>(body: (batch: Parameters<typeof network.lossGradient>[1]) => Result): Result =>
    operations.scope(() =>
      body({
        size: batchSize,
        inputs: operations.fromHost(images, [batchSize, 6, 6, 1]),
        labels: operations.fromHost(labels, [batchSize]),
      }),
    )
  const count = network.layout.parameterCount
  return {
    count,
    layers: network.layout.layers,
    weights: initialWeights(network.layout, createRandomStream(1, 'weights')).map(
      (weight, i) => weight + 0.05 * Math.sin(i),
    ),
    labels,
    logits: (weights: Float32Array) => inScope((batch) => network.logits(weights, batch.inputs)),
    lossGradient: (weights: Float32Array) => {
      const gradient = new Float32Array(count)
      return { loss: inScope((batch) => network.lossGradient(weights, batch, gradient).loss), gradient }
    },
    hessianProduct: (weights: Float32Array, direction: Float32Array) => {
      const product = new Float32Array(count)
      inScope((batch) => {
        network.hessianProduct(weights, direction, batch, product)
      })
      return product
    },
  }
}

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? Number.NaN), 0)
}

const smooth: Record<string, Parameters<typeof buildLayers>[0]> = {
  mlp: { kind: 'mlp', hidden: [5, 4], activation: 'tanh', normalization: 'none' },
  'normalized mlp': { kind: 'mlp', hidden: [5, 4], activation: 'tanh', normalization: 'layer' },
  cnn: { kind: 'cnn', channels: [2, 3], kernel_size: 3, activation: 'tanh' },
}

describe.each(Object.entries(smooth))('a smooth %s', (_name, model) => {
  const problem = smallProblem(model)
  const raw = gaussian('direction', problem.count)
  const direction = raw.map((value) => value / Math.sqrt(dot(raw, raw)))
  const along = (by: number) => problem.weights.map((weight, i) => weight + by * (direction[i] ?? 0))

  it('has the gradient of its loss, by central differences along a direction', () => {
    const step = 2e-2
    // The loss from logits in double precision: single-precision means would drown the difference.
    const lossAt = (weights: Float32Array) => sumCrossEntropy(problem.logits(weights), problem.labels, 3) / batchSize
    const slope = (lossAt(along(step)) - lossAt(along(-step))) / (2 * step)
    const exact = dot(problem.lossGradient(problem.weights).gradient, direction)
    expect(Math.abs(slope / exact - 1)).toBeLessThan(5e-3)
    expect(problem.lossGradient(problem.weights).loss).toBeCloseTo(lossAt(problem.weights), 5)
  })

  it('has exact Hessian-vector products: central differences of gradients approach them at second order', () => {
    const exact = problem.hessianProduct(problem.weights, direction)
    const error = (step: number) => {
      const ahead = problem.lossGradient(along(step)).gradient
      const behind = problem.lossGradient(along(-step)).gradient
      const difference = exact.map((value, i) => ((ahead[i] ?? 0) - (behind[i] ?? 0)) / (2 * step) - value)
      return Math.sqrt(dot(difference, difference) / dot(exact, exact))
    }
    // Normalization bends the loss on the scale of the few weights before it.
    const unit = model.kind === 'mlp' && model.normalization === 'layer' ? 0.2 : 1
    expect(error(0.02 * unit)).toBeLessThan(1e-3)
    expect(error(0.2 * unit) / error(0.1 * unit)).toBeGreaterThan(3.5)
    expect(error(0.2 * unit) / error(0.1 * unit)).toBeLessThan(4.5)
  })

  it('has a symmetric and linear Hessian', () => {
    const other = gaussian('other', problem.count)
    const first = dot(other, problem.hessianProduct(problem.weights, direction))
    const second = dot(direction, problem.hessianProduct(problem.weights, other))
    expect(first).toBeCloseTo(second, 3)
    const doubled = problem.hessianProduct(
      problem.weights,
      direction.map((value) => 2 * value),
    )
    expect(dot(other, doubled)).toBeCloseTo(2 * first, 3)
  })
})

describe('a normalized ReLU network', () => {
  const problem = smallProblem({ kind: 'mlp', hidden: [6, 5], activation: 'relu', normalization: 'layer' })
  const { loss, gradient } = problem.lossGradient(problem.weights)
  const norm = (vector: Float32Array) => Math.sqrt(dot(vector, vector))

  it('does not see the scale of its weights', () => {
    const scaled = problem.lossGradient(problem.weights.map((weight) => 3 * weight))
    expect(scaled.loss).toBeCloseTo(loss, 5)
    expect(scaled.gradient.every((value, i) => Math.abs(3 * value - (gradient[i] ?? 0)) < 1e-4)).toBe(true)
    for (const { from, to } of problem.layers) {
      const [weights, slope] = [problem.weights.subarray(from, to), gradient.subarray(from, to)]
      expect(Math.abs(dot(weights, slope))).toBeLessThan(1e-4 * norm(weights) * norm(slope))
    }
  })

  it('has the curvature along its weights that Euler’s relation asks for: Hθ = −∇f', () => {
    const product = problem.hessianProduct(problem.weights, problem.weights)
    const difference = product.map((value, i) => value + (gradient[i] ?? 0))
    expect(norm(difference)).toBeLessThan(1e-3 * norm(gradient))
  })
})

describe('a ReLU network', () => {
  const problem = smallProblem({ kind: 'mlp', hidden: [4], activation: 'relu', normalization: 'none' })

  it('has the largest eigenvalue of its dense Hessian by Lanczos', () => {
    const columns = Array.from({ length: problem.count }, (_, i) =>
      problem.hessianProduct(
        problem.weights,
        Float32Array.from({ length: problem.count }, (__, j) => (i === j ? 1 : 0)),
      ),
    )
    const multiplyDense = (vector: Float64Array) =>
      vector.map((_, row) => columns.reduce((sum, column, j) => sum + (column[row] ?? 0) * (vector[j] ?? 0), 0))
    let vector = Float64Array.from(gaussian('start', problem.count))
    // Power iteration on H + 10 I: an independent way to the same number.
    for (let i = 0; i < 3000; i += 1) {
      const image = multiplyDense(vector).map((value, j) => value + 10 * (vector[j] ?? 0))
      const norm = Math.hypot(...image)
      vector = image.map((value) => value / norm)
    }
    const image = multiplyDense(vector)
    const rayleigh = vector.reduce((sum, value, i) => sum + value * (image[i] ?? 0), 0)
    const multiply = (v: Float64Array) =>
      Float64Array.from(problem.hessianProduct(problem.weights, Float32Array.from(v)))
    const { largest, largestResidual } = lanczos(multiply, Float64Array.from(gaussian('start', problem.count)), 30)
    expect(largest).toBeCloseTo(rayleigh, 3)
    expect(largestResidual).toBeLessThan(1e-3)
  })

  it('has the spectrum of its dense Hessian by stochastic Lanczos quadrature', () => {
    const column = (index: number) => {
      const unit = new Float32Array(problem.count)
      unit[index] = 1
      return Array.from(problem.hessianProduct(problem.weights, unit))
    }
    const hessian = new Matrix(Array.from({ length: problem.count }, (_, i) => column(i)))
    const symmetric = Matrix.add(hessian, hessian.transpose()).mul(0.5)
    const exact = new EigenvalueDecomposition(symmetric, { assumeSymmetric: true }).realEigenvalues
    const starts = Array.from({ length: 8 }, (_, i) => {
      const random = createRandomStream(9, 'starts', i)
      return Float64Array.from({ length: problem.count }, () => (random.uniform() < 0.5 ? -1 : 1))
    })
    const multiply = (v: Float64Array) =>
      Float64Array.from(problem.hessianProduct(problem.weights, Float32Array.from(v)))
    const { quadratures, trace } = stochasticSpectrum(multiply, starts, 40)
    const nodes = quadratures.flatMap((quadrature) => [...quadrature.nodes])
    expect(Math.max(...nodes)).toBeCloseTo(Math.max(...exact), 5)
    expect(Math.min(...nodes)).toBeCloseTo(Math.min(...exact), 5)
    expect(Math.abs(trace.mean - symmetric.trace())).toBeLessThan(4 * trace.standardError)
    const negative = meanIntegral(quadratures, (node) => (node < -1e-3 ? 1 : 0))
    const share = exact.filter((value) => value < -1e-3).length / problem.count
    expect(Math.abs(negative.mean - share)).toBeLessThan(4 * negative.standardError + 0.02)
  })

  it('leaks no tensor over gradients, products and logits', () => {
    const before = operations.tensorCount()
    for (let i = 0; i < 20; i += 1) {
      problem.lossGradient(problem.weights)
      problem.hessianProduct(problem.weights, problem.weights)
      problem.logits(problem.weights)
    }
    expect(operations.tensorCount()).toBe(before)
  })
})

describe('classification', () => {
  it('counts the rows whose largest logit is their label; NaN is never right', () => {
    expect(countCorrect(Float32Array.of(1, 2, 3, 0, Number.NaN, Number.NaN), Int32Array.of(1, 0, 0), 2)).toBe(2)
  })

  it('does not overflow for large logits', () => {
    expect(sumCrossEntropy(Float32Array.of(1000, 0), Int32Array.of(1), 2)).toBeCloseTo(1000, 6)
  })
})
