/**
 * A REAL column keeps every float64 but two kinds: NaN is stored as NULL, which loses its sign and payload, and -0 becomes 0. Where the bits differ from
 * what the column gives back they are kept beside it (table point_bits, 8 bytes, little-endian).
 */
const canonicalNanHigh = 0x7ff80000
const negativeZeroHigh = 0x80000000

/** The bits of `values[index]` when a REAL column would not give them back, else null. `words` are the same bytes as unsigned 32-bit words. */
export function bitsToKeep(values: Float64Array, words: Uint32Array, index: number): Uint8Array | null {
  const value = values[index]
  const low = words[2 * index]
  const high = words[2 * index + 1]
  const isLost =
    value === 0 ? high === negativeZeroHigh : Number.isNaN(value) && (high !== canonicalNanHigh || low !== 0)
  if (!isLost) return null
  const start = values.byteOffset + index * 8
  return new Uint8Array(values.buffer.slice(start, start + 8))
}

/** Puts kept bits back at `values[index]`. */
export function restoreBits(values: Float64Array, index: number, bits: Uint8Array): void {
  new Uint8Array(values.buffer, values.byteOffset + index * 8, 8).set(bits.subarray(0, 8))
}
