/** A flat vector on the host. Sums over it are always made in double precision. */
export type Vector = Float32Array | Float64Array

/** ⟨a, b⟩ of vectors of equal length. */
export function dot(a: Vector, b: Vector): number {
  let sum = 0
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0)
  return sum
}

/** ‖a‖². */
export function normSquared(a: Vector): number {
  let sum = 0
  for (let i = 0; i < a.length; i += 1) {
    const value = a[i] ?? 0
    sum += value * value
  }
  return sum
}

/** target += factor · source. */
export function addScaled(target: Float64Array, factor: number, source: Vector): void {
  for (let i = 0; i < target.length; i += 1) target[i] = (target[i] ?? 0) + factor * (source[i] ?? 0)
}

/** a + factor · b, new. */
export function plusScaled(a: Vector, factor: number, b: Vector): Float64Array {
  const sum = Float64Array.from(a)
  addScaled(sum, factor, b)
  return sum
}
