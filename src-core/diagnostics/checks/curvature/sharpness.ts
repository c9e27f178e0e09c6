import { formatInterval } from '../../../format/formatEstimate.ts'
import { formatNumber } from '../../../format/formatNumber.ts'
import { meanInterval } from '../../../statistics/meanInterval.ts'
import { mean } from '../../../statistics/moments.ts'
import { isAwayFromZero } from '../../../statistics/ratioInterval.ts'
import { createDiagnosticResult } from '../../results/createDiagnosticResult.ts'
import { measureCurvatures, type Curvature } from './curvatures.ts'
import type { DiagnosticChart, DiagnosticResult, ForestChart, NamedNumber } from '../../results/diagnosticResult.ts'
import { intervalDetails } from '../../results/intervalDetails.ts'
import type { DiagnosticMargins } from '../../results/margins.ts'
import type { ScalarSeries } from '../../observables/observables.ts'
import { percentText } from '../../results/percentText.ts'
import type { SegmentContext } from '../segmentContext.ts'
import { everyNth, valueAt } from '../../observables/seriesRange.ts'
import { isPreconditioned, isSgd } from '../../observables/updateRule.ts'

const chartPointCount = 200
/** Share of λ from which the residual of its eigenpair means that the iteration had not converged. */
const largestResidual = 0.1

/** Where a curvature stands to its threshold; `across`: its interval does not say. */
type Place = 'below' | 'edge' | 'beyond' | 'across'

/**
 * Curvature against the stability threshold of a quadratic, over the judged part: λ_max (with weight decay), and beside it directional and batch sharpness against 2/η.
 * Below `edgeLow` times the threshold with ‖∇f‖² > 0 the motion is driven by noise; between `edgeLow` and `edgeHigh` the dynamics sit where a quadratic would lose stability (Cohen et al. 2021);
 * above, without divergence, anharmonicity holds the run. The place is decided by the estimate, and called uncertain where the interval reaches into another.
 * For an optimiser of Adam's kind it is the largest eigenvalue of the preconditioned Hessian that has a threshold. `unknown` without the eigenvalue or the rates that a threshold needs, and for optimisers of another kind.
 */
export function diagnoseSharpness(context: SegmentContext): DiagnosticResult {
  const { margins, range, judged } = context
  const measured = measureCurvatures(context)
  const curvatures = measured.some(hasThreshold) ? measured.filter(hasThreshold) : measured
  const largest = curvatures.find(isLargest)
  const missing = missingReason(context, curvatures)
  if (!largest || missing !== undefined) return missingSharpness(missing ?? '', curvatures)
  const relative = relativeTo(largest)
  const place = placeOf(relative, margins)
  const isConverged = !(largest.residual > largestResidual * Math.abs(largest.mean))
  const isSure =
    placeOf({ ...relative, mean: relative.low }, margins) === placeOf({ ...relative, mean: relative.high }, margins)
  return createDiagnosticResult({
    ...fixedFields,
    estimate: relative.mean,
    low: relative.low,
    high: relative.high,
    sampleSize: largest.sampleSize,
    unit: 'of the stability threshold',
    marginLow: 0,
    marginHigh: margins.edgeLow,
    threshold: 1,
    verdict: place === 'below' && isConverged ? 'pass' : 'warn',
    reason: [
      `λ = ${formatNumber(largest.mean)} is ${percentText(relative.mean)} of the threshold ${formatNumber(largest.threshold)}`,
      ...(Number.isNaN(relative.low) || isSure
        ? []
        : [`its interval ${intervalText(relative)} reaches across the edge`]),
      ...(isConverged ? [] : [`Lanczos residual ${formatNumber(largest.residual)}: λ is not converged`]),
      ...curvatures.filter((curvature) => curvature !== largest).map((curvature) => directionText(curvature, margins)),
    ].join('; '),
    summary: summaryOf(place, context),
    details: [
      ...curvatures.flatMap((curvature) => curvatureDetails(curvature)),
      { label: 'threshold', value: largest.threshold, unit: '' },
      ...(isSgd(range.hyperparameters)
        ? [{ label: 'threshold 2/η', value: 2 / (range.hyperparameters.learningRate ?? Number.NaN), unit: '' }]
        : []),
      { label: 'mean Lanczos residual', value: largest.residual, unit: '' },
      ...smallestDetails(judged.scalars.lambda_min),
    ].filter(({ value }) => Number.isFinite(value)),
    charts: chartsOf(context, curvatures, largest),
  })
}

const fixedFields = {
  id: 'sharpness',
  title: 'Sharpness',
  symbol: 'λ/λ*',
  assumption: 'λ is converged (Lanczos on a fixed sample); the threshold is that of a quadratic under this optimiser.',
} as const

const hasThreshold = ({ threshold }: Curvature): boolean => Number.isFinite(threshold)
const isLargest = ({ name }: Curvature): boolean => name.startsWith('λ_max')

function missingReason({ range }: SegmentContext, curvatures: readonly Curvature[]): string | undefined {
  const { learningRate, optimizer = '' } = range.hyperparameters
  const isAdaptive = isPreconditioned(range.hyperparameters)
  if (!isSgd(range.hyperparameters) && !isAdaptive) return `no stability threshold of ${optimizer} is known here`
  if (isAdaptive && !curvatures.some(({ name }) => name.endsWith('preconditioned')))
    return `the threshold of ${optimizer} belongs to the Hessian preconditioned by its second moments; record its largest eigenvalue and give it the role preconditioned_sharpness`
  if (!curvatures.some(isLargest)) return 'no sharpness was recorded; record probe/sharpness or give the role sharpness'
  if (learningRate === undefined) return 'the learning rate is not known; give learning_rate in the config'
  if (!(learningRate > 0)) return `a learning rate of ${formatNumber(learningRate)} has no threshold`
  return curvatures.some(hasThreshold) ? undefined : `β₁ of ${optimizer} is not known; give beta1 in the config`
}

function missingSharpness(reason: string, curvatures: readonly Curvature[]): DiagnosticResult {
  return createDiagnosticResult({
    ...fixedFields,
    sampleSize: curvatures[0]?.sampleSize ?? 0,
    verdict: 'unknown',
    reason,
    summary: 'The curvature cannot be compared with its stability threshold.',
    details: curvatures.flatMap(({ name, mean: estimate, low, high }) =>
      intervalDetails(labelOf(name), { mean: estimate, low, high }),
    ),
  })
}

function relativeTo({ mean: estimate, low, high, threshold }: Curvature) {
  return { mean: estimate / threshold, low: low / threshold, high: high / threshold }
}

function intervalText({ mean: estimate, low, high }: { mean: number; low: number; high: number }): string {
  return formatInterval(estimate, low, high)
}

function placeOf(
  relative: { readonly mean: number },
  { edgeLow, edgeHigh }: DiagnosticMargins,
): Exclude<Place, 'across'> {
  if (relative.mean < edgeLow) return 'below'
  return relative.mean <= edgeHigh ? 'edge' : 'beyond'
}

function directionText(curvature: Curvature, margins: DiagnosticMargins): string {
  const relative = relativeTo(curvature)
  const places = [relative.low, relative.high].filter(Number.isFinite).map((end) => placeOf({ mean: end }, margins))
  const place: Place = places.every((end) => end === places[0]) ? placeOf(relative, margins) : 'across'
  return `${labelOf(curvature.name)} ${intervalText(relative)} of 2/η, ${placeTexts[place]}`
}

const placeTexts: Record<Place, string> = {
  below: 'below the edge',
  edge: 'at the edge',
  beyond: 'beyond the edge',
  across: 'across the edge',
}

function labelOf(name: string): string {
  if (name.endsWith('preconditioned')) return 'mean preconditioned sharpness'
  return name.startsWith('λ_max') ? 'mean sharpness' : `${name} sharpness`
}

/** Noise can only be named as what drives the motion where there is motion: a gradient that does not vanish. */
function summaryOf(place: Exclude<Place, 'across'>, { judged }: SegmentContext): string {
  const gap = judged.scalars.gradient_norm_squared?.values
  const hasGap = gap !== undefined && isAwayFromZero(gap) && mean(gap) > 0
  if (place === 'below')
    return hasGap
      ? 'The curvature is below the edge of stability: what motion remains comes from noise.'
      : 'The curvature is below the edge of stability.'
  return place === 'edge'
    ? 'The curvature sits at the edge of stability.'
    : 'The curvature is beyond the edge of stability: the loss is not quadratic on the scale of the motion.'
}

function curvatureDetails(curvature: Curvature): NamedNumber[] {
  const label = labelOf(curvature.name)
  return [
    ...intervalDetails(label, curvature),
    ...intervalDetails(`${label} over its threshold`, relativeTo(curvature)),
  ]
}

function smallestDetails(series: ScalarSeries | undefined): NamedNumber[] {
  return series && series.values.length > 0 ? intervalDetails('smallest eigenvalue', meanInterval(series.values)) : []
}

function chartsOf(
  { judged, margins }: SegmentContext,
  curvatures: readonly Curvature[],
  largest: Curvature,
): DiagnosticChart[] {
  const { sharpness, sharpness_residual, preconditioned_sharpness } = judged.scalars
  const [drawn, residual] = largest.name.endsWith('preconditioned')
    ? [preconditioned_sharpness, undefined]
    : [sharpness, sharpness_residual]
  return [
    ...(drawn ? [thresholdChart(drawn, residual, largest.threshold)] : []),
    ...(curvatures.length > 1 ? [relativeChart(curvatures, margins)] : []),
  ]
}

function thresholdChart(
  { steps, values }: ScalarSeries,
  residual: ScalarSeries | undefined,
  threshold: number,
): DiagnosticChart {
  const stride = Math.max(1, Math.ceil(values.length / chartPointCount))
  const shown = [...everyNth(steps, stride)]
  return {
    kind: 'threshold',
    steps: shown,
    values: [...everyNth(values, stride)],
    errors: residual ? shown.map((step) => valueAt(residual, step)) : [],
    threshold,
  }
}

/** Every curvature over its own threshold, over the range that counts as the edge. */
function relativeChart(curvatures: readonly Curvature[], { edgeLow, edgeHigh }: DiagnosticMargins): ForestChart {
  return {
    kind: 'forest',
    title: 'Curvatures over their thresholds',
    xName: 'λ_max over λ*, the others over 2/η',
    rows: curvatures.map((curvature) => {
      const { mean: estimate, low, high } = relativeTo(curvature)
      return { label: curvature.name, estimate, low, high, isReference: false }
    }),
    marginLow: edgeLow,
    marginHigh: edgeHigh,
  }
}
