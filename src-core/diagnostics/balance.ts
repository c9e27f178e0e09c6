import { createDiagnosticResult } from './createDiagnosticResult.ts'
import type { DiagnosticResult } from './diagnosticResult.ts'
import type { SegmentContext } from './segmentContext.ts'
import { balanceByProbes } from './balanceByProbes.ts'
import { balanceBySteps } from './balanceBySteps.ts'

/** `balanced`: descent and diffusion cancel. `descent`: nothing holds the descent. `partial`: between. `unresolved`: cannot be said. */
export type BalanceFinding = 'balanced' | 'partial' | 'descent' | 'unresolved'

export interface BalanceOutcome {
  readonly finding: BalanceFinding
  readonly result: DiagnosticResult
}

/**
 * Descent against diffusion: is the loss stable because the two cancel, and not because the gradient vanishes?
 * Per step where the velocity terms were recorded, else from probes with the momentum correction; the popular effective-learning-rate form is shown for comparison only.
 */
export function diagnoseBalance(context: SegmentContext): BalanceOutcome {
  return balanceBySteps(context) ?? balanceByProbes(context) ?? missingBalance()
}

function missingBalance(): BalanceOutcome {
  return {
    finding: 'unresolved',
    result: createDiagnosticResult({
      id: 'balance',
      title: 'Balance',
      symbol: 'net/descent',
      verdict: 'unknown',
      reason:
        'cannot say: needs the learning rate and, per step, gradient_dot_next_buffer, or, per probe, gradient_hessian_form and stochastic_gradient_hessian_form',
      summary: 'Descent and diffusion were not recorded.',
      assumption: 'Probes are independent of the training batch.',
    }),
  }
}
