import { formatInterval } from '../format/formatEstimate.ts'
import { formatNumber } from '../format/formatNumber.ts'
import { batchMeansInterval } from '../statistics/batchMeans.ts'
import { mean } from '../statistics/moments.ts'
import type { BalanceFinding, BalanceOutcome } from './balanceOutcome.ts'
import { createDiagnosticResult } from './createDiagnosticResult.ts'
import type { ScalarSeries } from './observables.ts'
import type { SegmentContext } from './segmentContext.ts'

/**
 * Balance from probes, in units of ‖∇f‖²: −G² + (e/2)[tr HΣ + ((1−μ)/(1+μ)) ∇fᵀH∇f] with e = η/(1−μ) and tr HΣ = E gᵀHg − ∇fᵀH∇f.
 * Zero for any quadratic under stationary i.i.d. sampling, any Σ. The form with the effective learning rate alone, −G² + (e/2) E gᵀHg,
 * is wrong with momentum and shown as reference. Interval: 20 batch means over the probes. Balanced: interval holds zero and |sum| < 0.2 G².
 *
 * @returns undefined when a term is missing or the optimiser is Nesterov, for which the form does not hold
 */
export function balanceByProbes(context: SegmentContext): BalanceOutcome | undefined {
  const { learningRate, momentum = 0, nesterov = false } = context.range.hyperparameters
  const probes = alignedTerms(context)
  if (!probes || learningRate === undefined || nesterov) return undefined
  const effective = learningRate / (1 - momentum)
  const correction = (1 - momentum) / (1 + momentum)
  const corrected = probes.gap.map((gap, i) => {
    const exact = probes.gradientForm[i] ?? Number.NaN
    const trace = (probes.stochasticForm[i] ?? Number.NaN) - exact
    return -gap + 0.5 * effective * (trace + correction * exact)
  })
  const naive = probes.gap.map((gap, i) => -gap + 0.5 * effective * (probes.stochasticForm[i] ?? Number.NaN))
  return createOutcome(context, corrected, naive, mean(probes.gap))
}

function createOutcome(
  context: SegmentContext,
  corrected: Float64Array,
  naive: Float64Array,
  gap: number,
): BalanceOutcome {
  const sum = batchMeansInterval(corrected)
  const reference = batchMeansInterval(naive)
  const margin = context.margins.balanceOfGap * Math.abs(gap)
  const holdsZero = sum.low <= 0 && sum.high >= 0
  const isInside = Math.abs(sum.mean) < margin
  const isWide = sum.high - sum.low > 4 * margin
  const finding: BalanceFinding =
    isInside && !isWide
      ? 'balanced'
      : isWide && holdsZero
        ? 'unresolved'
        : sum.mean < -0.5 * gap
          ? 'descent'
          : 'partial'
  const result = createDiagnosticResult({
    id: 'balance',
    title: 'Balance',
    symbol: 'net',
    estimate: sum.mean,
    low: sum.low,
    high: sum.high,
    sampleSize: corrected.length,
    unit: '‖∇f‖²',
    marginLow: -margin,
    marginHigh: margin,
    verdict:
      finding === 'balanced'
        ? holdsZero
          ? 'pass'
          : 'warn'
        : finding === 'unresolved'
          ? 'unknown'
          : finding === 'descent'
            ? 'fail'
            : 'warn',
    reason: `net ${formatInterval(sum.mean, sum.low, sum.high)}, margin ± ${formatNumber(margin)}`,
    summary: summaries[finding],
    assumption:
      'I.i.d. batches, gradient and Hessian from independent ones, and a loss that is nearly quadratic on the scale of one step.',
    details: [
      { label: 'net over ‖∇f‖²', value: sum.mean / gap, unit: '' },
      { label: 'effective-rate form (wrong with momentum)', value: reference.mean, unit: '‖∇f‖²' },
    ],
    charts: [
      {
        kind: 'forest',
        rows: [
          { label: context.run.name, estimate: sum.mean, low: sum.low, high: sum.high, isReference: false },
          {
            label: 'without momentum',
            estimate: reference.mean,
            low: reference.low,
            high: reference.high,
            isReference: true,
          },
        ],
        marginLow: -margin,
        marginHigh: margin,
      },
    ],
  })
  return { finding, result }
}

const summaries: Record<BalanceFinding, string> = {
  balanced: 'Descent and diffusion cancel.',
  partial:
    'Descent and diffusion do not quite cancel: the loss is not quadratic on the scale of a step, or not settled.',
  descent: 'Diffusion does not hold the descent.',
  unresolved: 'The balance is too noisy to judge.',
}

/** The three terms at the steps where all were recorded; undefined with fewer than 20. */
function alignedTerms({
  judged,
}: SegmentContext): { gap: Float64Array; gradientForm: Float64Array; stochasticForm: Float64Array } | undefined {
  const {
    gradient_norm_squared: gap,
    gradient_hessian_form: exact,
    stochastic_gradient_hessian_form: stochastic,
  } = judged.scalars
  if (!gap || !exact || !stochastic) return undefined
  const exactAt = byStep(exact)
  const stochasticAt = byStep(stochastic)
  const gapAt = byStep(gap)
  const steps = exact.steps.filter((step) => stochasticAt.has(step) && gapAt.has(step))
  const pick = (map: Map<number, number>) => steps.map((step) => map.get(step) ?? Number.NaN)
  return steps.length < 20
    ? undefined
    : { gap: pick(gapAt), gradientForm: pick(exactAt), stochasticForm: pick(stochasticAt) }
}

function byStep({ steps, values }: ScalarSeries): Map<number, number> {
  const pairs = Array.from(steps, (step, i) => [step, values[i] ?? Number.NaN] as const)
  return new Map(pairs.filter(([, value]) => Number.isFinite(value)))
}
