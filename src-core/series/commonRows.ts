/**
 * Where several series have the same step: `[series][k]` is the row of the k-th common step in that series. Empty arrays without a common step, none for no series.
 *
 * @param steps one array per series, each strictly increasing
 */
export function commonRows(steps: readonly Float64Array[]): Int32Array[] {
  const [first, ...others] = steps
  if (!first) return []
  if (others.every((other) => areEqual(first, other))) {
    const rows = Int32Array.from(first, (_, row) => row)
    return steps.map(() => rows)
  }
  return mergeRows(steps, first)
}

function mergeRows(steps: readonly Float64Array[], first: Float64Array): Int32Array[] {
  const places = steps.map(() => 0)
  const rows: number[][] = steps.map(() => [])
  for (const step of first) {
    const isCommon = steps.every((own, k) => {
      let place = places[k] ?? 0
      while ((own[place] ?? Number.POSITIVE_INFINITY) < step) place += 1
      places[k] = place
      return own[place] === step
    })
    if (isCommon) rows.forEach((list, k) => list.push(places[k] ?? 0))
  }
  return rows.map((list) => Int32Array.from(list))
}

function areEqual(a: Float64Array, b: Float64Array): boolean {
  return a === b || (a.length === b.length && a.every((value, i) => value === b[i]))
}
