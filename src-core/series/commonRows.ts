/**
 * Where several series have the same step: `[series][k]` is the row of the k-th common step in that series. Empty arrays without a common step, none for no series.
 *
 * @param steps one array per series, each strictly increasing
 */
export function commonRows(steps: readonly Float64Array[]): Int32Array[] {
  const [first, ...others] = steps
  if (!first) return []
  if (others.every((other) => areEqual(first, other))) {
    const rows = new Int32Array(first.length)
    for (let row = 0; row < rows.length; row += 1) rows[row] = row
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
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false
  return true
}
