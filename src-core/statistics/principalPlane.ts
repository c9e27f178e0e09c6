import { EigenvalueDecomposition, Matrix } from 'ml-matrix'
import { mean } from './moments.ts'

/**
 * Coordinates in the plane of largest variance: the two leading principal components, each scaled to unit variance. The sign of each axis is arbitrary.
 *
 * @param components K ≥ 2 series of equal length n, finite
 * @returns undefined when fewer than two directions vary
 */
export function principalPlane(components: readonly Float64Array[]): [Float64Array, Float64Array] | undefined {
  const centred = centredAndScaled(components)
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(covarianceOf(centred), {
    assumeSymmetric: true,
  })
  const order = realEigenvalues.map((_, k) => k).sort((a, b) => (realEigenvalues[b] ?? 0) - (realEigenvalues[a] ?? 0))
  const [first, second] = order
  if (first === undefined || second === undefined) return undefined
  const largest = realEigenvalues[first] ?? 0
  if (!((realEigenvalues[second] ?? 0) > 1e-12 * largest)) return undefined
  const project = (axis: number) => {
    const scale = Math.sqrt(realEigenvalues[axis] ?? Number.NaN)
    return Float64Array.from(
      { length: centred[0]?.length ?? 0 },
      (_, t) =>
        centred.reduce((sum, values, k) => sum + (values[t] ?? Number.NaN) * eigenvectorMatrix.get(k, axis), 0) / scale,
    )
  }
  return [project(first), project(second)]
}

/** Around the means, in units of the largest deviation of all: a common scale changes no direction, and its square stays in range. */
function centredAndScaled(components: readonly Float64Array[]): Float64Array[] {
  const centred = components.map((values) => {
    const centre = mean(values)
    return values.map((value) => value - centre)
  })
  const largest = centred.reduce((most, values) => values.reduce((own, x) => Math.max(own, Math.abs(x)), most), 0)
  return largest > 0 ? centred.map((values) => values.map((value) => value / largest)) : centred
}

function covarianceOf(centred: readonly Float64Array[]): Matrix {
  const covariance = Matrix.zeros(centred.length, centred.length)
  centred.forEach((a, i) => {
    for (let j = 0; j <= i; j += 1) {
      const value = meanProduct(a, centred[j] ?? a)
      covariance.set(i, j, value)
      covariance.set(j, i, value)
    }
  })
  return covariance
}

function meanProduct(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let t = 0; t < a.length; t += 1) sum += (a[t] ?? Number.NaN) * (b[t] ?? Number.NaN)
  return sum / a.length
}
