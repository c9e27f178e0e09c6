import type { Database } from 'better-sqlite3'
import { computeChecksums, type Checksum } from './checksums.ts'
import { highestStep, lowestStep, readPoints } from './pointRows.ts'
import { PyramidBuilder } from './pyramidBuilder.ts'
import { emptyNode, type PyramidNode } from './pyramidNode.ts'
import { allStoredNodes } from './pyramidRows.ts'
import type { RunConnection } from './runConnection.ts'
import type { VerifyResult } from './runFile.ts'
import { readSummary } from './summaryRows.ts'

/** Sums are rounded in another order when a pyramid is built in several sessions; every other field is exact. */
const sumTolerance = 1e-9

function isSameNode(left: PyramidNode, right: PyramidNode): boolean {
  const { sum: leftSum, ...leftExact } = left
  const { sum: rightSum, ...rightExact } = right
  const scale = Math.max(Math.abs(left.min), Math.abs(left.max), 0) * left.count
  const isSameSum =
    Object.is(leftSum, rightSum) || Math.abs(leftSum - rightSum) <= sumTolerance * scale || !Number.isFinite(leftSum)
  const rightFields = Object.values(rightExact)
  return (
    isSameSum &&
    Object.values(leftExact).every(
      (field, index) => field === rightFields[index] || (field !== field && Number.isNaN(rightFields[index])),
    )
  )
}

function describe(database: Database, content: string): string {
  const [kind, key, attempt] = content.split(':')
  if (kind === 'table') return `table ${key}`
  const name = database.prepare('SELECT name FROM main.metric WHERE id = ?').pluck().get(Number(key))
  return `${kind} series "${String(name)}" (attempt ${attempt})`
}

function compareChecksums(database: Database, computed: readonly Checksum[]): string[] {
  const stored = new Map(
    database
      .prepare<[], Checksum>('SELECT content, row_count AS rowCount, sha256 FROM main.checksum')
      .all()
      .map((checksum) => [checksum.content, checksum]),
  )
  if (stored.size === 0) return []
  const findings = computed.flatMap((checksum) => {
    const expected = stored.get(checksum.content)
    stored.delete(checksum.content)
    const what = describe(database, checksum.content)
    if (!expected) return [`${what} was added after the run ended`]
    if (expected.rowCount !== checksum.rowCount)
      return [`${what} has ${checksum.rowCount} rows instead of ${expected.rowCount}`]
    return checksum.sha256.equals(expected.sha256)
      ? []
      : [`${what} does not match its checksum: it was changed after the run ended`]
  })
  return [...findings, ...[...stored.keys()].map((content) => `${describe(database, content)} is missing`)]
}

function rebuiltPyramid(database: Database, metricId: number, attempt: number): PyramidBuilder {
  const pyramid = new PyramidBuilder()
  const { steps, values } = readPoints(database, { metricId, attempt, from: lowestStep, to: highestStep })
  steps.forEach((step, index) => pyramid.add(step, values[index] ?? NaN))
  return pyramid
}

/** Stored nodes and summary of a series against those rebuilt from its points. */
function comparePyramid(database: Database, metricId: number, attempt: number): string[] {
  const what = describe(database, `scalar:${metricId}:${attempt}`)
  const rebuilt = rebuiltPyramid(database, metricId, attempt)
  const summary = readSummary(database, metricId, attempt)
  const findings =
    summary && !isSameNode(summary, rebuilt.total) ? [`the summary of ${what} does not match its points`] : []
  const stored = allStoredNodes(database, { metricId, attempt, from: lowestStep, to: highestStep })
  const expected = rebuilt.fullLevels()
  const differs = stored.some((nodes, index) => {
    const expectedNodes = expected[index] ?? []
    return (
      nodes.length > expectedNodes.length ||
      nodes.some((node, position) => !isSameNode(node, expectedNodes[position] ?? emptyNode()))
    )
  })
  return differs ? [...findings, `the pyramid of ${what} does not match its points`] : findings
}

function seriesOf(checksum: Checksum): [number, number] | null {
  const [kind, metricId, attempt] = checksum.content.split(':')
  return kind === 'scalar' ? [Number(metricId), Number(attempt)] : null
}

/** Structure, checksums (of an ended run), and everything derived against the points it was derived from. */
export function verifyRun(connection: RunConnection): VerifyResult {
  return connection.read((database) => {
    const structure = database.prepare<[], string>('PRAGMA main.integrity_check(20)').pluck().all()
    const foreignKeys = database.prepare('PRAGMA main.foreign_key_check').all().length
    const computed = computeChecksums(database)
    const findings = [
      ...structure.filter((line) => line !== 'ok').map((line) => `structure: ${line.replaceAll('\n', ' ')}`),
      ...(foreignKeys > 0 ? [`structure: ${foreignKeys} rows refer to rows that do not exist`] : []),
      ...compareChecksums(database, computed),
      ...computed.flatMap((checksum) => {
        const key = seriesOf(checksum)
        return key ? comparePyramid(database, ...key) : []
      }),
    ]
    return {
      isSound: findings.length === 0,
      findings,
      checkedSeries: computed.filter(({ content }) => !content.startsWith('table:')).length,
    }
  })
}
