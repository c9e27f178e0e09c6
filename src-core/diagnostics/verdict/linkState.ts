import type { CheckState, DiagnosticResult } from '../results/diagnosticResult.ts'
import type { Verdict } from './verdictTypes.ts'

/** The state of a diagnostic as the chain shows it: how it supports the verdict; its own where it is no link. */
export function linkState(
  { id, verdict: own }: Pick<DiagnosticResult, 'id' | 'verdict'>,
  verdict: Pick<Verdict, 'evidence'>,
): CheckState {
  return verdict.evidence.find(({ diagnosticId }) => diagnosticId === id)?.state ?? own
}
