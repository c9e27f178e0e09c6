/** A flat vector on the host. Sums over it are always made in double precision. */
export type Vector = Float32Array | Float64Array

// The three sums that most of the time goes to: each is four sums that do not wait for each other. A function that took the term as an argument would call it for every entry.

/** ⟨a, b⟩ of vectors of equal length (entries that `b` lacks count as 0, those beyond `a` are not read); 0 for empty ones, NaN and infinities propagate. */
export function dot(a: Vector, b: Vector): number {
  const count = a.length
  const end = count - (count % 4)
  let first = 0
  let second = 0
  let third = 0
  let fourth = 0
  for (let i = 0; i < end; i += 4) {
    first += (a[i] ?? 0) * (b[i] ?? 0)
    second += (a[i + 1] ?? 0) * (b[i + 1] ?? 0)
    third += (a[i + 2] ?? 0) * (b[i + 2] ?? 0)
    fourth += (a[i + 3] ?? 0) * (b[i + 3] ?? 0)
  }
  for (let i = end; i < count; i += 1) first += (a[i] ?? 0) * (b[i] ?? 0)
  return first + second + third + fourth
}

/** Σ a_i; 0 for an empty vector, NaN and infinities propagate. */
export function sumOf(a: Vector): number {
  const count = a.length
  const end = count - (count % 4)
  let first = 0
  let second = 0
  let third = 0
  let fourth = 0
  for (let i = 0; i < end; i += 4) {
    first += a[i] ?? 0
    second += a[i + 1] ?? 0
    third += a[i + 2] ?? 0
    fourth += a[i + 3] ?? 0
  }
  for (let i = end; i < count; i += 1) first += a[i] ?? 0
  return first + second + third + fourth
}

/** ‖b − a‖² of vectors of equal length (as for `dot`); 0 for empty ones, NaN and infinities propagate. */
export function squaredDistance(a: Vector, b: Vector): number {
  const count = a.length
  const end = count - (count % 4)
  let first = 0
  let second = 0
  let third = 0
  let fourth = 0
  for (let i = 0; i < end; i += 4) {
    const p = (b[i] ?? 0) - (a[i] ?? 0)
    const q = (b[i + 1] ?? 0) - (a[i + 1] ?? 0)
    const r = (b[i + 2] ?? 0) - (a[i + 2] ?? 0)
    const s = (b[i + 3] ?? 0) - (a[i + 3] ?? 0)
    first += p * p
    second += q * q
    third += r * r
    fourth += s * s
  }
  for (let i = end; i < count; i += 1) first += ((b[i] ?? 0) - (a[i] ?? 0)) ** 2
  return first + second + third + fourth
}

/** ‖a‖²; 0 for an empty vector, NaN and infinities propagate. */
export function normSquared(a: Vector): number {
  return dot(a, a)
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
