import { createDiagnosticResult } from './createDiagnosticResult.ts'
import type { BalanceOutcome } from './balanceOutcome.ts'
import type { SegmentContext } from './segmentContext.ts'
import { balanceByProbes } from './balanceByProbes.ts'
import { balanceBySteps } from './balanceBySteps.ts'

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
