/** Values in ascending order, and where each stood before. */
export interface SortedValues {
  readonly sorted: Float64Array
  /** `sorted[k]` is `values[order[k]]`; equal values keep their order. */
  readonly order: Int32Array
}

/** Buckets are numbered with two digits. */
const digitBits = 12
const digitCount = 1 << digitBits
const bucketCount = digitCount * digitCount
/** Moves per value after which buckets are given up: they are of use only while most hold few values. */
const moveLimit = 8
/** Below it the tables of the digits cost more than they save. */
const smallCount = 128

/**
 * Sorts ascending and keeps the order, O(n) and several times as fast as `sort`: two passes of a radix sort over 2²⁴ buckets, and insertion for what is left within a bucket.
 * The buckets cut the range of the values into equal parts or, where the values crowd into few of those (far outliers), that of the bits of the numbers, which is nearly a logarithm;
 * where both fail, values are compared.
 *
 * @param values any; NaN stand last, in their order; −0 equals 0
 */
export function sortWithOrder(values: Float64Array): SortedValues {
  return sortByBuckets(values) ?? sortByComparison(values)
}

/** The values in ascending order, as a copy; NaN last. */
export function sortedCopy(values: Float64Array): Float64Array {
  return sortByBuckets(values)?.sorted ?? values.slice().sort()
}

/** The order of values that stand in order. */
function inPlace(count: number): Int32Array {
  const order = new Int32Array(count)
  for (let i = 0; i < count; i += 1) order[i] = i
  return order
}

function sortByComparison(values: Float64Array): SortedValues {
  const order = inPlace(values.length).sort((i, j) => {
    const [a = Number.NaN, b = Number.NaN] = [values[i], values[j]]
    if (a < b) return -1
    return a > b ? 1 : Number(Number.isNaN(a)) - Number(Number.isNaN(b)) || i - j
  })
  return { sorted: Float64Array.from(order, (i) => values[i] ?? Number.NaN), order }
}

function sortByBuckets(values: Float64Array): SortedValues | undefined {
  if (areAscending(values)) return { sorted: values.slice(), order: inPlace(values.length) }
  if (values.length < smallCount) return undefined
  const keys = new Int32Array(values.length)
  return (
    (keysOfRange(values, keys) ? sortByKeys(values, keys) : undefined) ??
    (keysOfBits(values, keys) ? sortByKeys(values, keys) : undefined)
  )
}

/** Without NaN, which would stand anywhere. */
function areAscending(values: Float64Array): boolean {
  if (Number.isNaN(values[0])) return false
  for (let i = 1; i < values.length; i += 1)
    if (!((values[i - 1] ?? Number.NaN) <= (values[i] ?? Number.NaN))) return false
  return true
}

/** Buckets of equal width from the smallest to the largest value; false when they cannot be made. */
function keysOfRange(values: Float64Array, keys: Int32Array): boolean {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? Number.NaN
    if (value < low) low = value
    if (value > high) high = value
  }
  const scale = (bucketCount - 1) / (high - low)
  // Constant values have no range, those of huge ones overflows, and so does the inverse of a tiny one.
  if (!(scale > 0 && scale < Number.POSITIVE_INFINITY)) return false
  for (let i = 0; i < values.length; i += 1) {
    const offset = (values[i] ?? Number.NaN) - low
    if (Number.isNaN(offset)) return false
    keys[i] = Math.trunc(offset * scale)
  }
  return true
}

/** Buckets of equal width over the upper 32 bits, made to ascend with the number; false with NaN. */
function keysOfBits(values: Float64Array, keys: Int32Array): boolean {
  const view = new DataView(values.buffer, values.byteOffset, values.byteLength)
  const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1
  const signBits = 2 ** 31
  const bitsPerBucket = 2 ** 32 / bucketCount
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? Number.NaN
    if (Number.isNaN(value)) return false
    // −0 equals 0, its bits do not.
    const bits = value === 0 ? 0 : view.getInt32(8 * i + (isLittleEndian ? 4 : 0), isLittleEndian)
    keys[i] = Math.trunc(((bits < 0 ? ~bits - signBits : bits) + signBits) / bitsPerBucket)
  }
  return true
}

/** Undefined when the keys do not tell the values apart. @param keys ascending with the value, below `bucketCount` */
function sortByKeys(values: Float64Array, keys: Int32Array): SortedValues | undefined {
  const count = values.length
  const lowStarts = new Int32Array(digitCount)
  const highStarts = new Int32Array(digitCount)
  for (let i = 0; i < count; i += 1) {
    const key = keys[i] ?? 0
    lowStarts[key & (digitCount - 1)] = (lowStarts[key & (digitCount - 1)] ?? 0) + 1
    highStarts[key >>> digitBits] = (highStarts[key >>> digitBits] ?? 0) + 1
  }
  countsToStarts(lowStarts)
  countsToStarts(highStarts)
  const byLowDigit = new Int32Array(count)
  for (let i = 0; i < count; i += 1) byLowDigit[takePlace(lowStarts, (keys[i] ?? 0) & (digitCount - 1))] = i
  const sorted = new Float64Array(count)
  const order = new Int32Array(count)
  for (let i = 0; i < count; i += 1) {
    const from = byLowDigit[i] ?? 0
    const place = takePlace(highStarts, (keys[from] ?? 0) >>> digitBits)
    sorted[place] = values[from] ?? Number.NaN
    order[place] = from
  }
  return insertMisplaced(sorted, order) ? { sorted, order } : undefined
}

function countsToStarts(counts: Int32Array): void {
  let sum = 0
  for (let digit = 0; digit < counts.length; digit += 1) {
    const count = counts[digit] ?? 0
    counts[digit] = sum
    sum += count
  }
}

function takePlace(starts: Int32Array, digit: number): number {
  const place = starts[digit] ?? 0
  starts[digit] = place + 1
  return place
}

/** Insertion sort of values that are nearly in order; false when it gave up. */
function insertMisplaced(sorted: Float64Array, order: Int32Array): boolean {
  let moves = moveLimit * sorted.length
  for (let i = 1; i < sorted.length; i += 1) {
    const value = sorted[i] ?? Number.NaN
    if ((sorted[i - 1] ?? Number.NaN) <= value) continue
    const from = order[i] ?? 0
    let place = i
    while (place > 0 && (sorted[place - 1] ?? Number.NaN) > value) {
      sorted[place] = sorted[place - 1] ?? Number.NaN
      order[place] = order[place - 1] ?? 0
      place -= 1
    }
    sorted[place] = value
    order[place] = from
    moves -= i - place
    if (moves < 0) return false
  }
  return true
}
