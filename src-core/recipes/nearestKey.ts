/** Optimal string alignment distance: insertions, deletions, replacements and swaps of neighbours (Damerau 1964). */
export function editDistance(left: string, right: string): number {
  let beforePrevious: number[] = []
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= right.length; column += 1) {
      const replaced = at(previous, column - 1) + (left[row - 1] === right[column - 1] ? 0 : 1)
      let distance = Math.min(replaced, at(previous, column) + 1, at(current, column - 1) + 1)
      const swapped =
        row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]
      if (swapped) distance = Math.min(distance, at(beforePrevious, column - 2) + 1)
      current.push(distance)
    }
    beforePrevious = previous
    previous = current
  }
  return at(previous, right.length)
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY
}

/**
 * The candidate that a mistyped key most likely means: the nearest by its last part, at most a third of its letters away; null when none is near.
 * `siblingPrefix` (`optimizer.`) wins among equally near ones, so that a key in the right place is preferred to one elsewhere.
 */
export function nearestKey(key: string, candidates: readonly string[], siblingPrefix: string): string | null {
  let nearest: string | null = null
  let nearestScore = Number.POSITIVE_INFINITY
  for (const candidate of candidates) {
    const leaf = candidate.slice(candidate.lastIndexOf('.') + 1)
    const isSibling = candidate === siblingPrefix + leaf
    const distance = editDistance(normalised(key), normalised(leaf))
    const score = distance + (isSibling ? 0 : 0.5) + candidate.length / 1000
    const isNear = distance <= Math.max(1, Math.floor(leaf.length / 3))
    if (isNear && score < nearestScore) [nearest, nearestScore] = [candidate, score]
  }
  return nearest
}

/** `batchSize`, `batch-size` and `batchsize` all mean `batch_size`. */
function normalised(key: string): string {
  return key.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}
