import FFT from 'fft.js'

/** Tables up to this size are kept: together some hundred kilobytes. */
const smallSize = 4096

const small = new Map<number, FFT>()
let latest: { readonly size: number; readonly transform: FFT } | undefined

/** The transform of a size, a power of two ≥ 2. Its tables cost as much as a transform, and one size is usually asked for many times in a row. */
export function fourierTransform(size: number): FFT {
  const known = small.get(size) ?? (latest?.size === size ? latest.transform : undefined)
  if (known) return known
  const transform = new FFT(size)
  if (size <= smallSize) small.set(size, transform)
  else latest = { size, transform }
  return transform
}
