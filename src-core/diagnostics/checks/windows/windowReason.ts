import { formatNumber } from '../../../format/formatNumber.ts'
import { formatPValue } from '../../../format/formatPValue.ts'
import type { NamedNumber } from '../../results/diagnosticResult.ts'
import type { DriftTest } from '../driftTest.ts'
import type { DiagnosticMargins } from '../../results/margins.ts'
import type { WindowTest, WindowTestState } from './windowTests.ts'

/** A test with what became of it. */
export interface JudgedWindowTest extends WindowTest {
  readonly state: WindowTestState
  /** p after Holm's correction. */
  readonly adjusted: number
}

/** The test that decided: one that found a difference, else the one that came closest to finding one, a deciding one first. */
function decidingTest(tests: readonly JudgedWindowTest[]): JudgedWindowTest | undefined {
  const byP = tests.toSorted((a, b) => Number(b.isDeciding) - Number(a.isDeciding) || a.adjusted - b.adjusted)
  return byP.find(({ state }) => state === 'different') ?? byP.find(({ state }) => state === 'equal')
}

/** The reason where no test could be made. */
export const nothingVaries = 'cannot say: nothing that varies was recorded'

/** The clause that names what decided, and what weakens it. */
export function windowReason(tests: readonly JudgedWindowTest[], margins: DiagnosticMargins): string {
  const deciding = decidingTest(tests)
  const count = tests.filter(({ adjusted }) => Number.isFinite(adjusted)).length
  const told = (test: JudgedWindowTest): string => describe(test, { margins, count })
  if (deciding?.state === 'different') return told(deciding)
  const weak = tests.filter(
    (test) => test !== deciding && test.isDeciding && (test.state === 'unresolved' || test.drifts.length > 0),
  )
  const clauses = [...(deciding ? [deciding] : []), ...weak].map(told)
  return clauses.length > 0 ? clauses.join('; ') : nothingVaries
}

/** The p that `windowReason` tells first, by the name of its test; nothing when no test could be made. */
export function decidingP(tests: readonly JudgedWindowTest[]): NamedNumber[] {
  const test = decidingTest(tests)
  if (!test || test.isVanishing) return []
  const drift = clearestDrift(test)
  const value = drift?.p ?? test.adjusted
  if (Number.isNaN(value)) return []
  return [{ label: `p of the deciding test, ${test.name}: ${drift ? 'drift' : 'halves (Holm)'}`, value, unit: '' }]
}

const clearestDrift = ({ drifts }: JudgedWindowTest): DriftTest | undefined => drifts.toSorted((a, b) => a.p - b.p)[0]

function describe(test: JudgedWindowTest, { margins, count }: { margins: DiagnosticMargins; count: number }): string {
  if (test.isVanishing) return `${test.name}: falls geometrically until the end`
  const drift = clearestDrift(test)
  if (drift) {
    const subject =
      test.componentCount === 1 ? 'drift' : `${test.drifts.length} of ${test.componentCount} components drift`
    return `${test.name}: ${subject} by up to ${formatNumber(Math.abs(drift.drift / drift.fluctuation))} standard deviations, ${formatPValue(drift.p)}`
  }
  if (Number.isNaN(test.adjusted))
    return `${test.name}: ${test.blockCount} independent blocks, ${margins.minimumBlockCount} are needed`
  const holm = count > 1 ? ` after Holm over ${count}` : ''
  return `${test.name}: halves differ by ${formatNumber(test.effect)} standard deviations, ${formatPValue(test.adjusted, 1 / (1 + margins.permutationCount))}${holm}`
}
