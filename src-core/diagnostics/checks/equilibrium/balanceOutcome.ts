import type { DiagnosticResult } from '../../results/diagnosticResult.ts'

/** `balanced`: descent and diffusion cancel. `descent`: nothing holds the descent. `ascent`: diffusion is the larger, and the loss rises. `partial`: between. `unresolved`: cannot be said. */
export type BalanceFinding = 'balanced' | 'partial' | 'descent' | 'ascent' | 'unresolved'

export interface BalanceOutcome {
  readonly finding: BalanceFinding
  readonly result: DiagnosticResult
}
