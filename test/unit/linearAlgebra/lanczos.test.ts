import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createRandomStream } from '#core/random/randomStream.ts'
import { lanczos } from '#core/linearAlgebra/lanczos.ts'
import { normSquared } from '#core/linearAlgebra/vector.ts'

const fixture = new URL('../../fixtures/reference/q13_hessian_matrix.csv', import.meta.url)
const matrix = readFileSync(fixture, 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(',').map(Number))
const multiply = (vector: Float64Array) =>
  Float64Array.from(matrix, (row) => row.reduce((sum, entry, i) => sum + entry * (vector[i] ?? 0), 0))

function start(size: number): Float64Array {
  const vector = new Float64Array(size)
  createRandomStream(1, 'start').fillNormal(vector)
  return vector
}

describe('lanczos', () => {
  it('finds the known extremes of the reference Hessian (q13)', () => {
    const { largest, smallest, largestResidual } = lanczos(multiply, start(60), 60)
    expect(largest).toBeCloseTo(25, 9)
    expect(smallest).toBeCloseTo(-0.2, 9)
    expect(largestResidual).toBeLessThan(1e-8)
  })

  it('gives a lower bound within its residual after few iterations, and a unit vector', () => {
    const { largest, largestResidual, largestVector, productCount } = lanczos(multiply, start(60), 6)
    expect(largest).toBeLessThanOrEqual(25 + 1e-9)
    expect(25 - largest).toBeLessThanOrEqual(largestResidual)
    expect(normSquared(largestVector)).toBeCloseTo(1, 10)
    expect(productCount).toBe(7)
  })

  it('stops at the end of the Krylov space', () => {
    const identity = lanczos((vector) => vector.slice(), start(8), 8)
    expect(identity.largest).toBeCloseTo(1, 12)
    expect(identity.smallest).toBeCloseTo(1, 12)
    expect(identity.productCount).toBe(2)
  })

  it('answers NaN, not a wrong number, when products are not finite', () => {
    expect(lanczos((vector) => vector.map(() => Number.NaN), start(4), 4).largest).toBeNaN()
  })
})
