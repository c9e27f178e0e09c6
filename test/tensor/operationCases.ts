import { expect, it } from 'vitest'
import { createRandomStream } from '#core/random/randomStream.ts'
import type { Activation, Tensor } from '#engine/tensor/tensor.ts'
import type { TensorOperations } from '#engine/tensor/tensorOperations.ts'

/** Numbers computed by an operation, and by plain loops in double precision. */
interface OperationCase {
  run(operations: TensorOperations, upload: (values: Float64Array, shape: number[]) => Tensor): Tensor
  expected: Float64Array
}

function gaussian(label: string, size: number): Float64Array {
  const values = new Float64Array(size)
  createRandomStream(5, label).fillNormal(values)
  return Float64Array.from(values, Math.fround)
}

const a = gaussian('a', 40)
const b = gaussian('b', 40)
const labels = Int32Array.of(0, 9, 3, 3)

function at(values: Float64Array, index: number): number {
  return values[index] ?? Number.NaN
}

/** (AᵀB)[i,j] for A `[4, 3]`, B `[4, 5]`. */
const transposedProduct = Float64Array.from({ length: 15 }, (_, index) => {
  const i = Math.floor(index / 5)
  const j = index % 5
  return [0, 1, 2, 3].reduce((sum, k) => sum + at(a, k * 3 + i) * at(b, k * 5 + j), 0)
})

function softmaxRow(row: number): number[] {
  const exponentials = Array.from({ length: 10 }, (_, label) => Math.exp(at(a, row * 10 + label)))
  const total = exponentials.reduce((sum, value) => sum + value, 0)
  return exponentials.map((value) => value / total)
}

const derivatives: Record<Activation, (x: number) => number> = {
  linear: () => 1,
  relu: (x) => (x > 0 ? 1 : 0),
  tanh: (x) => 1 - Math.tanh(x) ** 2,
}

const operationCases: Record<string, OperationCase> = {
  'matMul, first transposed': {
    run: (o, up) => o.matMul(up(a.subarray(0, 12), [4, 3]), up(b.subarray(0, 20), [4, 5]), true, false),
    expected: transposedProduct,
  },
  'matMul, second transposed': {
    run: (o, up) => o.matMul(up(a.subarray(0, 6), [2, 3]), up(b.subarray(0, 6), [2, 3]), false, true),
    expected: Float64Array.from({ length: 4 }, (_, index) =>
      [0, 1, 2].reduce((sum, k) => sum + at(a, Math.floor(index / 2) * 3 + k) * at(b, (index % 2) * 3 + k), 0),
    ),
  },
  'bias on the last axis': {
    run: (o, up) => o.addBias(up(a, [2, 2, 2, 5]), up(b.subarray(0, 5), [5])),
    expected: a.map((value, index) => value + at(b, index % 5)),
  },
  'gradient of a bias': {
    run: (o, up) => o.biasGradient(up(a, [2, 2, 2, 5])),
    expected: Float64Array.from({ length: 5 }, (_, channel) =>
      [0, 1, 2, 3, 4, 5, 6, 7].reduce((sum, row) => sum + at(a, row * 5 + channel), 0),
    ),
  },
  sum: { run: (o, up) => o.add(up(a, [40]), up(b, [40])), expected: a.map((value, index) => value + at(b, index)) },
  scale: { run: (o, up) => o.scale(up(a, [40]), -0.25), expected: a.map((value) => value * -0.25) },
  'product with a repeated last axis': {
    run: (o, up) => o.multiply(up(a, [4, 10]), up(b.subarray(0, 4), [4, 1])),
    expected: a.map((value, index) => value * at(b, Math.floor(index / 10))),
  },
  'sum with a repeated last axis': {
    run: (o, up) => o.add(up(a, [4, 10]), up(b.subarray(0, 4), [4, 1])),
    expected: a.map((value, index) => value + at(b, Math.floor(index / 10))),
  },
  'mean over the last axis': {
    run: (o, up) => o.meanOfLast(up(a, [4, 10])),
    expected: Float64Array.from({ length: 4 }, (_, row) =>
      a.subarray(10 * row, 10 * row + 10).reduce((sum, value) => sum + value / 10, 0),
    ),
  },
  'inverse root': {
    run: (o, up) => o.inverseRoot(up(a.map(Math.abs), [40]), 0.5),
    expected: a.map((value) => 1 / Math.sqrt(Math.abs(value) + 0.5)),
  },
  'rows in any order': {
    run: (o, up) => o.gatherRows(up(a, [4, 10]), o.fromHost(Int32Array.of(2, 2, 0), [3])),
    expected: Float64Array.of(...a.subarray(20, 30), ...a.subarray(20, 30), ...a.subarray(0, 10)),
  },
  'softmax cross-entropy': {
    run: (o, up) => o.softmaxCrossEntropy(up(a, [4, 10]), o.fromHost(labels, [4])).losses,
    expected: Float64Array.from(labels, (label, row) => -Math.log(softmaxRow(row)[label] ?? Number.NaN)),
  },
  'gradient of softmax cross-entropy': {
    run: (o, up) => o.softmaxCrossEntropy(up(a, [4, 10]), o.fromHost(labels, [4])).logitsGradient,
    expected: a.map(
      (_, index) =>
        (softmaxRow(Math.floor(index / 10))[index % 10] ?? Number.NaN) -
        (labels[Math.floor(index / 10)] === index % 10 ? 1 : 0),
    ),
  },
  'softmax along a direction': {
    run: (o, up) => o.softmaxTangent(up(a, [4, 10]), up(b, [4, 10])),
    expected: a.map((_, index) => {
      const row = Math.floor(index / 10)
      const probabilities = softmaxRow(row)
      const centre = probabilities.reduce((sum, p, label) => sum + p * at(b, row * 10 + label), 0)
      return (probabilities[index % 10] ?? Number.NaN) * (at(b, index) - centre)
    }),
  },
}
for (const activation of ['linear', 'relu', 'tanh'] as const) {
  operationCases[`gradient of ${activation}`] = {
    run: (o, up) => o.activationGradient(o.activate(up(a, [40]), activation), up(b, [40]), activation),
    expected: a.map((value, index) => at(b, index) * derivatives[activation](value)),
  }
}

/** Checks every operation of an engine against plain loops, then its scopes. */
export function testOperations(operations: TensorOperations): void {
  it.each(Object.entries(operationCases))('%s', (_name, { run, expected }) => {
    const result = operations.scope(() =>
      operations
        .toHost(run(operations, (values, shape) => operations.fromHost(Float32Array.from(values), shape)))
        .slice(),
    )
    expect(result.length).toBe(expected.length)
    result.forEach((value, index) => expect(Math.abs(value - at(expected, index))).toBeLessThan(5e-6))
  })

  it('passes no gradient through a ReLU at exactly zero', () => {
    const gradient = operations.scope(() => {
      const output = operations.fromHost(Float32Array.of(0, 2), [2])
      return operations
        .toHost(operations.activationGradient(output, operations.fromHost(Float32Array.of(3, 4), [2]), 'relu'))
        .slice()
    })
    expect([...gradient]).toEqual([0, 4])
  })

  it('frees everything made in a scope but what is kept', () => {
    const before = operations.tensorCount()
    let kept: Tensor | undefined
    operations.scope(() => {
      kept = operations.scale(operations.fromHost(Float32Array.of(1, 2), [2]), 2)
      operations.keep(kept)
    })
    expect(operations.tensorCount()).toBe(before + 1)
    if (kept) operations.dispose(kept)
    expect(operations.tensorCount()).toBe(before)
  })

  it('frees a scope that throws', () => {
    const before = operations.tensorCount()
    const stop = () => {
      operations.fromHost(Float32Array.of(1), [1])
      throw new Error('stop')
    }
    expect(() => operations.scope(stop)).toThrow('stop')
    expect(operations.tensorCount()).toBe(before)
  })
}
