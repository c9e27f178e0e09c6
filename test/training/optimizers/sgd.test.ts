import { describe, expect, it } from 'vitest'
import { sgdStep } from '#engine/training/optimizers/sgd.ts'

const plain = { learningRate: 0.1, momentum: 0, nesterov: false, weightDecay: 0 }

describe('sgdStep', () => {
  it('takes two heavy-ball steps as computed by hand', () => {
    const weights = Float64Array.of(1, -2)
    const buffer = new Float64Array(2)
    const settings = { ...plain, momentum: 0.5 }
    sgdStep(weights, buffer, Float64Array.of(2, 4), settings)
    expect([...buffer]).toEqual([2, 4])
    expect(weights[0]).toBeCloseTo(0.8, 15)
    expect(weights[1]).toBeCloseTo(-2.4, 15)
    sgdStep(weights, buffer, Float64Array.of(1, -1), settings)
    expect([...buffer]).toEqual([2, 1])
    expect(weights[0]).toBeCloseTo(0.6, 15)
    expect(weights[1]).toBeCloseTo(-2.5, 15)
  })

  it('looks ahead with Nesterov: θ − η(g + μv′)', () => {
    const weights = Float64Array.of(1)
    const buffer = Float64Array.of(3)
    const scalars = sgdStep(weights, buffer, Float64Array.of(2), { ...plain, momentum: 0.5, nesterov: true })
    expect(buffer[0]).toBe(3.5)
    expect(scalars).toMatchObject({
      gradientDotBuffer: 6,
      directionNormSquared: 3.75 ** 2,
      directionDotNextBuffer: 3.75 * 3.5,
    })
    expect(weights[0]).toBeCloseTo(1 - 0.1 * (2 + 0.5 * 3.5), 15)
  })

  it('couples weight decay into the gradient, the buffer and the recorded numbers', () => {
    const weights = Float64Array.of(4)
    const buffer = Float64Array.of(1)
    const scalars = sgdStep(weights, buffer, Float64Array.of(1), { ...plain, momentum: 0.5, weightDecay: 0.25 })
    expect(buffer[0]).toBe(2.5)
    expect(weights[0]).toBe(3.75)
    expect(scalars).toEqual({
      gradientNormSquared: 4,
      weightsDotGradient: 8,
      weightsDotUpdate: -1,
      updateNormSquared: 0.0625,
      bufferNormSquared: 1,
      weightNormSquared: 16,
      gradientDotBuffer: 2,
      directionNormSquared: 6.25,
      directionDotNextBuffer: 6.25,
    })
  })

  it('records the update as rounded: 2θ·Δ + ‖Δ‖² is the change of ‖θ‖²', () => {
    const weights = Float32Array.from({ length: 100 }, (_, i) => Math.sin(i + 1))
    const gradient = Float32Array.from({ length: 100 }, (_, i) => Math.cos(3 * i))
    const buffer = new Float32Array(100)
    const first = sgdStep(weights, buffer, gradient, { ...plain, momentum: 0.9, weightDecay: 1e-3 })
    const second = sgdStep(weights, buffer, gradient, { ...plain, momentum: 0.9, weightDecay: 1e-3 })
    expect(2 * first.weightsDotUpdate + first.updateNormSquared).toBeCloseTo(
      second.weightNormSquared - first.weightNormSquared,
      12,
    )
  })

  it('does not hide a gradient that is not finite', () => {
    const weights = Float64Array.of(1, 1)
    const scalars = sgdStep(weights, new Float64Array(2), Float64Array.of(Number.NaN, Number.POSITIVE_INFINITY), plain)
    expect(scalars.gradientNormSquared).toBeNaN()
    expect(weights[0]).toBeNaN()
    expect(Number.isFinite(weights[1])).toBe(false)
  })
})
