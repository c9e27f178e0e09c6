import { createRandomStream } from '#core/random/randomStream.ts'
import { dot } from '#core/linearAlgebra/vector.ts'

/** Seed of the projections: the same for every run, so that sketches of one architecture can be compared. */
export const sketchSeed = 1
/** Directions are kept in memory up to this many numbers, and drawn anew beyond. */
const keptLimit = 2 ** 24

/** ⟨r_k, θ⟩ on `projections` fixed unit-variance Gaussian directions r_k. */
export interface WeightSketch {
  project(weights: Float32Array): Float64Array
}

export function createWeightSketch(parameterCount: number, projections: number): WeightSketch {
  const scratch = new Float32Array(parameterCount)
  const draw = (index: number, into: Float32Array): Float32Array => {
    createRandomStream(sketchSeed, 'sketch/weights', index).fillNormal(into)
    return into
  }
  const isKept = parameterCount * projections <= keptLimit
  const kept = isKept
    ? Array.from({ length: projections }, (_, index) => draw(index, new Float32Array(parameterCount)))
    : []
  return {
    project: (weights) =>
      Float64Array.from({ length: projections }, (_, index) => dot(kept[index] ?? draw(index, scratch), weights)),
  }
}
