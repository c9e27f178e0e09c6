import { formatNumber } from '../format/formatNumber.ts'
import { batchMeansInterval } from '../statistics/batchMeans.ts'
import { createDiagnosticResult } from './createDiagnosticResult.ts'
import type { DiagnosticResult, NamedNumber } from './diagnosticResult.ts'
import type { Hyperparameters, ScalarSeries } from './observables.ts'
import type { SegmentContext } from './segmentContext.ts'
import { percentText } from './percentText.ts'

const chartPointCount = 200

/**
 * Largest stable curvature of a quadratic: 2/η for SGD, 2(1+μ)/η for heavy ball, 2(1+μ)/(η(1+2μ)) for Nesterov; NaN without a learning rate.
 * The weight decay λ belongs to the Hessian: compare λ_max + λ with it.
 */
export function sharpnessThreshold({ learningRate, momentum = 0, nesterov = false }: Hyperparameters): number {
  if (learningRate === undefined || !(learningRate > 0)) return Number.NaN
  return (2 * (1 + momentum)) / (learningRate * (nesterov ? 1 + 2 * momentum : 1))
}

/**
 * Curvature against the stability threshold: mean λ_max of the judged part over `sharpnessThreshold`. Below the edge the fluctuation is noise-driven;
 * at the edge the dynamics sit where a quadratic would lose stability (Cohen et al. 2021); above it, without divergence, anharmonicity holds the run.
 */
export function diagnoseSharpness(context: SegmentContext): DiagnosticResult {
  const series = context.judged.scalars.sharpness
  const threshold = sharpnessThreshold(context.range.hyperparameters)
  const values = finiteValues(series)
  const isKnown = values.length > 0 && Number.isFinite(threshold)
  const interval = batchMeansInterval(values)
  const decay = context.range.hyperparameters.weightDecay ?? 0
  const ratio = (interval.mean + decay) / threshold
  const { edgeLow, edgeHigh } = context.margins
  return createDiagnosticResult({
    id: 'sharpness',
    title: 'Sharpness',
    symbol: 'λ/λ*',
    estimate: isKnown ? ratio : Number.NaN,
    low: isKnown ? (interval.low + decay) / threshold : Number.NaN,
    high: isKnown ? (interval.high + decay) / threshold : Number.NaN,
    sampleSize: values.length,
    unit: 'of the stability threshold',
    marginLow: 0,
    marginHigh: edgeLow,
    threshold: 1,
    verdict: !isKnown ? 'unknown' : ratio < edgeLow ? 'pass' : 'warn',
    reason: isKnown
      ? `λ = ${formatNumber(interval.mean)} is ${percentText(ratio)} of the threshold ${formatNumber(threshold)}`
      : values.length === 0
        ? 'cannot say: no sharpness was recorded; record probe/sharpness or give the role sharpness'
        : 'cannot say: the learning rate is not known; give learning_rate in the config',
    summary: !isKnown
      ? 'The curvature cannot be compared with its stability threshold.'
      : ratio < edgeLow
        ? 'The curvature is below the edge of stability: what motion remains comes from noise.'
        : ratio <= edgeHigh
          ? 'The curvature sits at the edge of stability.'
          : 'The curvature is beyond the edge of stability: the loss is not quadratic on the scale of the motion.',
    assumption:
      'λ is converged (Lanczos on a fixed sample); the threshold is that of a quadratic under this optimiser.',
    details: [
      ...directionalDetails(context),
      { label: 'threshold', value: threshold, unit: '' },
      { label: 'mean sharpness', value: interval.mean, unit: '' },
    ],
    charts: series && isKnown ? [thresholdChart(series, threshold)] : [],
  })
}

function finiteValues(series: ScalarSeries | undefined): Float64Array {
  return series ? series.values.filter(Number.isFinite) : new Float64Array()
}

function directionalDetails({ judged }: SegmentContext): NamedNumber[] {
  const directional = batchMeansInterval(finiteValues(judged.scalars.directional_sharpness)).mean
  const hessianForm = batchMeansInterval(finiteValues(judged.scalars.stochastic_gradient_hessian_form)).mean
  const square = batchMeansInterval(finiteValues(judged.scalars.stochastic_gradient_norm_squared)).mean
  return [
    { label: 'directional sharpness', value: directional, unit: '' },
    { label: 'batch sharpness', value: hessianForm / square, unit: '' },
  ].filter(({ value }) => Number.isFinite(value))
}

function thresholdChart({ steps, values }: ScalarSeries, threshold: number): DiagnosticResult['charts'][number] {
  const stride = Math.max(1, Math.ceil(values.length / chartPointCount))
  const isShown = (_: number, i: number) => i % stride === 0 && Number.isFinite(values[i])
  return {
    kind: 'threshold',
    steps: [...steps.filter(isShown)],
    values: [...values.filter(isShown)],
    errors: [],
    threshold,
  }
}
