/** Eleven bits at a time: six passes over 64. */
const digitBits = 11
const digitCount = 1 << digitBits
const passes = [0, 11, 22, 33, 44, 55]

/**
 * The order that sorts `values` ascending: `values[order[0]]` is the smallest; equal values keep their order. NaN stands last (a NaN with its sign bit set, first), −0 before 0.
 * By least-significant-digit radix sort on the bits of the doubles, O(n): a comparison function called from `sort` takes many times as long.
 */
export function sortingOrder(values: Float64Array): Int32Array {
  const { low, high } = orderedBits(values)
  let order = Int32Array.from(values, (_, i) => i)
  let next = new Int32Array(values.length)
  const starts = new Int32Array(digitCount)
  for (const shift of passes) {
    const isSorted = startsOfDigits(low, high, shift, starts)
    if (isSorted) continue
    for (const i of order) {
      const digit = digitAt(low[i] ?? 0, high[i] ?? 0, shift)
      const place = starts[digit] ?? 0
      next[place] = i
      starts[digit] = place + 1
    }
    ;[order, next] = [next, order]
  }
  return order
}

/** The bits as two unsigned halves whose order is that of the numbers: negative ones are inverted, the others get the sign bit. */
function orderedBits(values: Float64Array): { low: Uint32Array; high: Uint32Array } {
  const low = new Uint32Array(values.length)
  const high = new Uint32Array(values.length)
  const view = new DataView(values.buffer, values.byteOffset, values.byteLength)
  const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1
  for (let i = 0; i < values.length; i += 1) {
    const upper = view.getUint32(8 * i + (isLittleEndian ? 4 : 0), isLittleEndian)
    const lower = view.getUint32(8 * i + (isLittleEndian ? 0 : 4), isLittleEndian)
    const isNegative = upper >>> 31 === 1
    low[i] = isNegative ? ~lower : lower
    high[i] = isNegative ? ~upper : upper | 0x80000000
  }
  return { low, high }
}

function digitAt(low: number, high: number, shift: number): number {
  if (shift === 22) return (low >>> 22) | ((high & 1) << 10)
  return (shift < 22 ? low >>> shift : high >>> (shift - 32)) & (digitCount - 1)
}

/** Where the values with each digit begin; true when all have the same, so that the pass would change nothing. */
function startsOfDigits(low: Uint32Array, high: Uint32Array, shift: number, starts: Int32Array): boolean {
  starts.fill(0)
  for (let i = 0; i < low.length; i += 1) {
    const digit = digitAt(low[i] ?? 0, high[i] ?? 0, shift)
    starts[digit] = (starts[digit] ?? 0) + 1
  }
  let sum = 0
  for (let digit = 0; digit < digitCount; digit += 1) {
    const count = starts[digit] ?? 0
    if (count === low.length) return true
    starts[digit] = sum
    sum += count
  }
  return false
}
