import type { Database } from 'better-sqlite3'
import { prepared } from './prepared.ts'
import { readPoints, type AttemptRange } from './pointRows.ts'
import { addPoint, decodeNodes, emptyNode, type PyramidNode } from './pyramidNode.ts'

/** Whether a node need not be split further. Points themselves are never asked. */
export type IsFineEnough = (node: PyramidNode) => boolean

function storedNodes(database: Database, range: AttemptRange, level: number): PyramidNode[] {
  return prepared<unknown[], Uint8Array>(
    database,
    `SELECT nodes FROM main.pyramid WHERE metric = :metric AND attempt = :attempt AND level = :level AND first_step <= :to
         AND first_step >= coalesce((SELECT max(first_step) FROM main.pyramid
           WHERE metric = :metric AND attempt = :attempt AND level = :level AND first_step <= :from), :from)
       ORDER BY first_step`,
  )
    .pluck()
    .all({ metric: range.metricId, attempt: range.attempt, level, from: range.from, to: range.to })
    .flatMap(decodeNodes)
}

/** Every stored node of one series, by level (index 0 is level 1). */
export function allStoredNodes(database: Database, range: AttemptRange): PyramidNode[][] {
  return Array.from({ length: highestLevel(database, range) }, (_, index) => storedNodes(database, range, index + 1))
}

function highestLevel(database: Database, range: AttemptRange): number {
  const level = prepared<[number, number], number | null>(
    database,
    'SELECT max(level) FROM main.pyramid WHERE metric = ? AND attempt = ?',
  )
    .pluck()
    .get(range.metricId, range.attempt)
  return level ?? 0
}

function pointNodes(database: Database, range: AttemptRange): PyramidNode[] {
  const { steps, values } = readPoints(database, range)
  return Array.from(steps, (step, index) => {
    const node = emptyNode()
    addPoint(node, step, values[index] ?? NaN)
    return node
  })
}

function cover(
  database: Database,
  range: AttemptRange,
  level: number,
  isFineEnough: IsFineEnough,
  covered: PyramidNode[],
): void {
  if (range.from > range.to) return
  if (level === 0) {
    for (const node of pointNodes(database, range)) covered.push(node)
    return
  }
  // Steps from `cursor` on are not covered yet. Between two neighbouring nodes of a level there is no point, so only a skipped or a cut node leaves a gap.
  let cursor = range.from
  let hasGap = true
  for (const node of storedNodes(database, range, level)) {
    if (node.lastStep < range.from || node.firstStep > range.to) continue
    if (node.firstStep < range.from || node.lastStep > range.to || !isFineEnough(node)) {
      hasGap = true
      continue
    }
    if (hasGap) cover(database, { ...range, from: cursor, to: node.firstStep - 1 }, level - 1, isFineEnough, covered)
    covered.push(node)
    cursor = node.lastStep + 1
    hasGap = false
  }
  cover(database, { ...range, from: cursor }, level - 1, isFineEnough, covered)
}

/** The coarsest nodes that are fine enough and lie wholly in the range, in the order of the steps; together they stand for exactly the range's points. */
export function coverRange(database: Database, range: AttemptRange, isFineEnough: IsFineEnough): PyramidNode[] {
  const covered: PyramidNode[] = []
  cover(database, range, highestLevel(database, range), isFineEnough, covered)
  return covered
}
