import FFT from 'fft.js'

let latest: { readonly size: number; readonly transform: FFT } | undefined

/** The transform of a size, a power of two ≥ 2. Its tables cost as much as a transform, and one size is usually asked for many times in a row. */
export function fourierTransform(size: number): FFT {
  if (latest?.size !== size) latest = { size, transform: new FFT(size) }
  return latest.transform
}
