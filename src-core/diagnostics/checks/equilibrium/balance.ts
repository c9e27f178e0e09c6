import { createDiagnosticResult } from '../../results/createDiagnosticResult.ts'
import type { BalanceOutcome } from './balanceOutcome.ts'
import type { DiagnosticResult } from '../../results/diagnosticResult.ts'
import { decayedGapNeeded, isGapWithoutDecay } from '../../observables/objective.ts'
import type { SegmentContext } from '../segmentContext.ts'
import { balanceByProbes } from './balanceByProbes.ts'
import { balanceBySteps } from './balanceBySteps.ts'
import { isSgd } from '../../observables/updateRule.ts'

/**
 * Descent against diffusion: is the loss stable because the two cancel, and not because the gradient vanishes?
 * Per step where the velocity terms were recorded, else from probes with the momentum correction; where both are possible the first judges and the second stands beside it. The popular effective-learning-rate form is shown for comparison only.
 */
export function diagnoseBalance(context: SegmentContext): BalanceOutcome {
  const [bySteps, byProbes] = [balanceBySteps(context), balanceByProbes(context)]
  if (bySteps && byProbes) return { finding: bySteps.finding, result: withProbes(bySteps.result, byProbes.result) }
  return bySteps ?? byProbes ?? missingBalance(context)
}

/** The result per step with the numbers and the chart of the probes behind its own. */
function withProbes(result: DiagnosticResult, probes: DiagnosticResult): DiagnosticResult {
  const own = [
    { label: 'net', value: probes.estimate, unit: probes.unit },
    { label: 'net, low', value: probes.low, unit: probes.unit },
    { label: 'net, high', value: probes.high, unit: probes.unit },
  ]
  return {
    ...result,
    reason: `${result.reason}; from ${probes.sampleSize} probes: ${probes.reason.replace(/^cannot say: /, '')}`,
    details: [
      ...result.details,
      ...[...own, ...probes.details].map((detail) => ({ ...detail, label: `from probes: ${detail.label}` })),
    ],
    charts: [...result.charts, ...probes.charts],
  }
}

function missingBalance({ run, range: { hyperparameters: rule } }: SegmentContext): BalanceOutcome {
  return {
    finding: 'unresolved',
    result: createDiagnosticResult({
      id: 'balance',
      title: 'Balance',
      symbol: 'net/descent',
      verdict: 'unknown',
      reason: isSgd(rule)
        ? `cannot say: descent and diffusion were not recorded; needs the learning rate and, per step, gradient_dot_next_buffer, or, per probe, gradient_hessian_form and stochastic_gradient_hessian_form${isGapWithoutDecay(run) ? `; ${decayedGapNeeded}` : ''}`
        : `cannot say: the step of ${rule.optimizer} is not known here, so neither is its descent`,
      summary: isSgd(rule)
        ? 'Descent and diffusion were not recorded.'
        : 'Descent and diffusion are not known for this optimiser.',
      assumption: 'Probes are independent of the training batch.',
    }),
  }
}
