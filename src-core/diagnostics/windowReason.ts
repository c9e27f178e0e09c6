import { formatNumber } from '../format/formatNumber.ts'
import { formatPValue } from '../format/formatPValue.ts'
import type { DiagnosticMargins } from './margins.ts'
import type { WindowTest, WindowTestState } from './windowTests.ts'

/** A test with what became of it. */
export interface JudgedWindowTest extends WindowTest {
  readonly state: WindowTestState
  /** p after Holm's correction. */
  readonly adjusted: number
}

/** The clause that names what decided: a difference, else the clearest comparison and what weakens it. */
export function windowReason(tests: readonly JudgedWindowTest[], margins: DiagnosticMargins): string {
  const different =
    tests.find(({ state, isDeciding }) => state === 'different' && isDeciding) ??
    tests.find(({ state }) => state === 'different')
  if (different) return describe(different, margins)
  const equal = tests.find(({ state }) => state === 'equal')
  const weak = tests.filter(
    (test) => test !== equal && test.isDeciding && (test.state === 'unresolved' || test.drifts.length > 0),
  )
  const clauses = [...(equal ? [equal] : []), ...weak].map((test) => describe(test, margins))
  return clauses.length > 0 ? clauses.join('; ') : 'cannot say: nothing that varies was recorded'
}

function describe(test: JudgedWindowTest, margins: DiagnosticMargins): string {
  const drift = test.drifts.toSorted((a, b) => a.p - b.p)[0]
  if (drift) {
    const subject =
      test.componentCount === 1 ? 'drift' : `${test.drifts.length} of ${test.componentCount} components drift`
    return `${test.name}: ${subject} by up to ${formatNumber(Math.abs(drift.drift / drift.fluctuation))} standard deviations, ${formatPValue(drift.p)}`
  }
  if (Number.isNaN(test.adjusted))
    return `${test.name}: ${test.blockCount} independent blocks, ${margins.minimumBlockCount} are needed`
  return `${test.name}: halves differ by ${formatNumber(test.effect)} standard deviations, ${formatPValue(test.adjusted, 1 / (1 + margins.permutationCount))}`
}
