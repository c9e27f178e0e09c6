/** The part of fft.js 4 that we use. The types it ships are `any`. */
declare module 'fft.js' {
  export default class FFT {
    /** @param size a power of two, at least 2 */
    constructor(size: number)
    /** Transforms `size` real numbers; `out` holds `2 * size` numbers (re, im interleaved), the first half is filled. */
    realTransform(out: Float64Array, data: Float64Array): void
    transform(out: Float64Array, data: Float64Array): void
    inverseTransform(out: Float64Array, data: Float64Array): void
    completeSpectrum(spectrum: Float64Array): void
  }
}
