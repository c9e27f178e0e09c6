import type { LawDistances } from './lawDistances.ts'

/** How many times farther from each of the others than any two of these from each other. */
const clearFactor = 3

/**
 * The one run whose law lies clearly apart: its smallest distance to the others is at least three times the largest among them, by `relative` (W₁ between halves of runs).
 *
 * @param distances of one or more observables, between the same runs
 * @param names of the runs, in the order of the rows
 * @returns undefined with fewer than three runs, where no run lies so far, or where two observables tell different runs
 */
export function findRunApart(
  distances: readonly Pick<LawDistances, 'relative'>[],
  names: readonly string[],
): string | undefined {
  const found = new Set(distances.map(runApart).filter((run) => run !== undefined))
  const [run] = found
  return found.size === 1 && run !== undefined ? names[run] : undefined
}

function runApart({ relative }: Pick<LawDistances, 'relative'>): number | undefined {
  if (relative.length < 3) return undefined
  const pairs = relative.flatMap((row, i) => row.slice(0, i).map((distance, j) => ({ i, j, distance })))
  const run = relative.findIndex((_, own) => {
    const isOwn = ({ i, j }: { readonly i: number; readonly j: number }) => i === own || j === own
    const nearest = Math.min(...pairs.filter(isOwn).map(({ distance }) => distance))
    const widest = Math.max(...pairs.filter((pair) => !isOwn(pair)).map(({ distance }) => distance))
    return nearest >= clearFactor * widest
  })
  return run < 0 ? undefined : run
}
