import type { Series } from '#shared/contract/series.ts'

type NonFinite = Series['nonFinite']

/** Marks are for finding, not for counting: the counts are beside them. */
export const maximumMarks = 200

export function noNonFinite(): NonFinite {
  return { nanCount: 0, positiveInfinityCount: 0, negativeInfinityCount: 0, firstStep: null, x: new Float64Array(0) }
}

/** At most `maximumMarks` positions, evenly chosen, first and last kept. */
export function thinMarks(positions: readonly number[]): Float64Array {
  if (positions.length <= maximumMarks) return Float64Array.from(positions)
  return Float64Array.from(
    { length: maximumMarks },
    (_, mark) => positions[Math.round((mark * (positions.length - 1)) / (maximumMarks - 1))] ?? NaN,
  )
}

/** Counts and positions of the points that are not finite. */
export function nonFinitePoints(x: Float64Array, steps: Float64Array, values: Float64Array): NonFinite {
  const found = noNonFinite()
  const marks: number[] = []
  values.forEach((value, index) => {
    if (Number.isFinite(value)) return
    if (value === Infinity) found.positiveInfinityCount += 1
    else if (value === -Infinity) found.negativeInfinityCount += 1
    else found.nanCount += 1
    found.firstStep ??= steps[index] ?? null
    marks.push(x[index] ?? NaN)
  })
  return { ...found, x: thinMarks(marks) }
}
