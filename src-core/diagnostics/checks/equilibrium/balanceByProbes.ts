import { formatInterval } from '../../../format/formatEstimate.ts'
import { formatNumber } from '../../../format/formatNumber.ts'
import type { BatchMeansInterval } from '../../../statistics/batchMeans.ts'
import { meanInterval } from '../../../statistics/meanInterval.ts'
import { mean } from '../../../statistics/moments.ts'
import { isAwayFromZero, ratioInterval } from '../../../statistics/ratioInterval.ts'
import { alignSeries } from '../../observables/alignSeries.ts'
import type { BalanceFinding, BalanceOutcome } from './balanceOutcome.ts'
import { createDiagnosticResult } from '../../results/createDiagnosticResult.ts'
import type { ForestChart } from '../../results/diagnosticResult.ts'
import { intervalDetails } from '../../results/intervalDetails.ts'
import { objectiveGap } from '../../observables/objective.ts'
import type { SegmentContext } from '../segmentContext.ts'
import { whiteNoiseNote } from '../whiteNoiseNote.ts'
import { isSgd, undampedRate } from '../../observables/updateRule.ts'

const fewestProbes = 20

/** The terms at the steps where all were recorded, in units of a squared gradient. */
interface ProbeTerms {
  readonly gap: Float64Array
  /** (e/2) tr HΣ. */
  readonly diffusion: Float64Array
  /** (e/2)((1−μ)/(1+μ)) ∇fᵀH∇f. */
  readonly curvature: Float64Array
  readonly corrected: Float64Array
  readonly naive: Float64Array
}

/**
 * Balance from probes, in units of a squared gradient: −G² + (e/2)[tr HΣ + ((1−μ)/(1+μ)) ∇fᵀH∇f] with e = η/(1−μ) and tr HΣ = E gᵀHg − ∇fᵀH∇f.
 * Zero for any quadratic under stationary i.i.d. sampling, any Σ. The form with the effective learning rate alone, −G² + (e/2) E gᵀHg,
 * is wrong with momentum and shown as reference. Intervals: batch means over the checkpoints (`meanInterval`).
 * Balanced: the interval of the sum lies within ± 0.2 G²; `warn` where it excludes zero all the same. An interval that holds zero and reaches further says nothing.
 * Where the interval of G² holds zero (near interpolation) both sides are at their floor, and the finding is `unresolved`.
 *
 * @returns undefined when a term is missing (G² is that of the objective with weight decay) or recorded fewer than 20 times, or the optimiser is Nesterov or no SGD, for which the form does not hold
 */
export function balanceByProbes(context: SegmentContext): BalanceOutcome | undefined {
  const terms = probeTerms(context)
  return terms && createOutcome(context, terms)
}

function probeTerms({ judged, range }: SegmentContext): ProbeTerms | undefined {
  const { momentum = 0, nesterov = false } = range.hyperparameters
  const rate = undampedRate(range.hyperparameters)
  const gapSeries = objectiveGap(judged)
  const { gradient_hessian_form: exactSeries, stochastic_gradient_hessian_form: stochasticSeries } = judged.scalars
  if (!gapSeries || !exactSeries || !stochasticSeries || nesterov) return undefined
  if (!isSgd(range.hyperparameters) || !(rate > 0) || momentum >= 1) return undefined
  const [exact = new Float64Array(), stochastic = exact, gap = exact] = alignSeries([
    exactSeries,
    stochasticSeries,
    gapSeries,
  ])
  if (exact.length < fewestProbes) return undefined
  const half = rate / (1 - momentum) / 2
  const diffusion = stochastic.map((form, i) => half * (form - (exact[i] ?? Number.NaN)))
  const curvature = exact.map((form) => (half * form * (1 - momentum)) / (1 + momentum))
  return {
    gap,
    diffusion,
    curvature,
    corrected: gap.map((value, i) => -value + (diffusion[i] ?? Number.NaN) + (curvature[i] ?? Number.NaN)),
    naive: gap.map((value, i) => -value + half * (stochastic[i] ?? Number.NaN)),
  }
}

function createOutcome(context: SegmentContext, terms: ProbeTerms): BalanceOutcome {
  const sum = meanInterval(terms.corrected)
  const gap = mean(terms.gap)
  const isAboveFloor = isAwayFromZero(terms.gap) && gap > 0
  const margin = context.margins.balanceOfGap * Math.abs(gap)
  const finding = isAboveFloor ? findBalance(sum, gap, margin) : 'unresolved'
  const share = isAboveFloor ? ratioInterval(terms.corrected, terms.gap) : undefined
  const text = `net ${formatInterval(sum.mean, sum.low, sum.high)}, margin ± ${formatNumber(margin)}`
  const result = createDiagnosticResult({
    id: 'balance',
    title: 'Balance',
    symbol: 'net',
    estimate: sum.mean,
    low: sum.low,
    high: sum.high,
    sampleSize: terms.corrected.length,
    unit: '',
    marginLow: -margin,
    marginHigh: margin,
    margin: 'balanceOfGap',
    verdict: verdictOf(finding, sum),
    reason: `${isAboveFloor ? text : `${text}; ‖∇f‖² itself cannot be told from zero, so neither side says anything`}${whiteNoiseNote(context.range.hyperparameters)}`,
    summary: summaries[finding],
    assumption:
      'I.i.d. batches, gradient and Hessian from independent ones, and a loss that is nearly quadratic on the scale of one step.',
    details: [
      ...(share ? intervalDetails('net over ‖∇f‖²', share) : []),
      { label: 'descent, −‖∇f‖²', value: -gap, unit: '' },
      { label: 'diffusion, (e/2) tr HΣ', value: mean(terms.diffusion), unit: '' },
      { label: 'curvature along the gradient', value: mean(terms.curvature), unit: '' },
      { label: 'effective-rate form (wrong with momentum)', value: mean(terms.naive), unit: '' },
    ],
    charts: [probesChart(context, terms, margin)],
  })
  return { finding, result }
}

function findBalance(sum: BatchMeansInterval, gap: number, margin: number): BalanceFinding {
  const holdsZero = sum.low <= 0 && sum.high >= 0
  if (sum.low > -margin && sum.high < margin) return 'balanced'
  if (holdsZero) return 'unresolved'
  if (sum.low > margin) return 'ascent'
  return sum.mean < -0.5 * gap ? 'descent' : 'partial'
}

function verdictOf(finding: BalanceFinding, { low, high }: BatchMeansInterval) {
  if (finding === 'balanced') return low <= 0 && high >= 0 ? 'pass' : 'warn'
  if (finding === 'unresolved') return 'unknown'
  return finding === 'descent' ? 'fail' : 'warn'
}

function probesChart(context: SegmentContext, terms: ProbeTerms, margin: number): ForestChart {
  const row = (label: string, values: Float64Array, isReference = false) => {
    const { mean: estimate, low, high } = meanInterval(values)
    return { label, estimate, low, high, isReference }
  }
  return {
    kind: 'forest',
    title: 'Descent against diffusion, from probes',
    xName: 'term of the balance, in units of a squared gradient',
    rows: [
      row(context.run.name, terms.corrected),
      row(
        'descent',
        terms.gap.map((value) => -value),
      ),
      row('diffusion', terms.diffusion),
      row('along the gradient', terms.curvature),
      row('without momentum', terms.naive, true),
    ],
    marginLow: -margin,
    marginHigh: margin,
  }
}

const summaries: Record<BalanceFinding, string> = {
  balanced: 'Descent and diffusion cancel.',
  partial:
    'Descent and diffusion do not quite cancel: the loss is not quadratic on the scale of a step, or not settled.',
  ascent: 'Diffusion outweighs descent: the loss is not quadratic on the scale of a step, or not settled.',
  descent: 'Diffusion does not hold the descent.',
  unresolved: 'The balance is too noisy to judge.',
}
