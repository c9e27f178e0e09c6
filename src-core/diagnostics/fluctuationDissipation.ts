import { mean } from '../statistics/moments.ts'
import { formatNumber } from '../format/formatNumber.ts'
import { createDiagnosticResult } from './createDiagnosticResult.ts'
import type { DiagnosticResult } from './diagnosticResult.ts'
import type { SegmentContext } from './segmentContext.ts'

/** |ratio − 1| below which ‖θ‖² counts as equilibrated (Yaida 2019). */
const equilibrated = 0.01
/** Below this share of E‖θ‖², both sides are rounding and drift, and the ratio means nothing. */
const floorOfWeightNorm = 1e-4

/**
 * First fluctuation-dissipation relation (Yaida 2019) in PyTorch's form: E[θ·g] = (η/2)(1+μ)E‖v‖², g as fed to the optimiser, coupled weight decay included.
 * A meter of whether ‖θ‖² has equilibrated, no evidence of a stationary law: all terms telescope, so it holds for every bounded trajectory.
 * `unknown` for Nesterov, when a term is missing, and when both sides are too small to divide.
 */
export function diagnoseFluctuationDissipation(context: SegmentContext): DiagnosticResult {
  const terms = bothSides(context)
  const isDefined = terms !== undefined && Math.abs(terms.right) > terms.floor
  const ratio = isDefined ? terms.left / terms.right : Number.NaN
  const isClose = Math.abs(ratio - 1) < equilibrated
  return createDiagnosticResult({
    id: 'fluctuation-dissipation',
    title: 'Fluctuation–dissipation',
    symbol: 'θ·g/dissipation',
    estimate: ratio,
    sampleSize: terms?.sampleSize ?? 0,
    marginLow: 1 - equilibrated,
    marginHigh: 1 + equilibrated,
    threshold: 1,
    verdict: !isDefined ? 'unknown' : isClose ? 'pass' : 'warn',
    reason: isDefined
      ? `left ${formatNumber(terms.left)}, right ${formatNumber(terms.right)}, ratio ${formatNumber(ratio, 4)}`
      : terms
        ? 'cannot say: both sides are near zero, so their ratio means nothing'
        : 'cannot say: needs learning_rate, weights_dot_gradient and the buffer or stochastic gradient norm, without Nesterov',
    summary: isClose
      ? 'The weight norm is in equilibrium with the noise.'
      : 'The weight norm is not known to be in equilibrium with the noise.',
    assumption:
      'Holds for every bounded run in the long term: an equilibration meter, not evidence of a stationary law.',
    details: terms
      ? [
          { label: 'E[θ·g]', value: terms.left, unit: '' },
          { label: '(η/2)(1+μ)E‖v‖²', value: terms.right, unit: '' },
        ]
      : [],
  })
}

function bothSides({
  judged,
  range,
}: SegmentContext): { left: number; right: number; floor: number; sampleSize: number } | undefined {
  const { learningRate, momentum = 0, nesterov = false } = range.hyperparameters
  const {
    weights_dot_gradient: product,
    buffer_norm_squared: buffer,
    stochastic_gradient_norm_squared: gradient,
    weight_norm_squared: norm,
  } = judged.scalars
  const square = momentum === 0 ? (gradient ?? buffer) : buffer
  const isKnown = learningRate !== undefined && product && square && product.values.length > 0 && !nesterov
  if (!isKnown) return undefined
  const weightNorm = norm ? mean(norm.values) : 0
  return {
    left: mean(product.values),
    right: 0.5 * learningRate * (1 + momentum) * mean(square.values),
    floor: floorOfWeightNorm * weightNorm,
    sampleSize: product.values.length,
  }
}
