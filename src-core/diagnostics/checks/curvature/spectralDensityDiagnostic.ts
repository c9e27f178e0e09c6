import tQuantile from '@stdlib/stats-base-dists-t-quantile'
import { formatInterval } from '../../../format/formatEstimate.ts'
import { formatNumber } from '../../../format/formatNumber.ts'
import { meanIntegral, spectralDensity } from '../../../statistics/spectralQuadrature.ts'
import { createDiagnosticResult } from '../../results/createDiagnosticResult.ts'
import type { CurveChart, DiagnosticResult } from '../../results/diagnosticResult.ts'
import { percentText } from '../../results/percentText.ts'
import { type RecordedSpectrum, recordedSpectrum } from '../../observables/recordedSpectrum.ts'
import type { SegmentContext } from '../segmentContext.ts'
import { sharpnessThreshold } from './sharpnessThreshold.ts'

const confidence = 0.95
const chartPointCount = 300
/** Width of the blur, as share of the range of the eigenvalues (Ghorbani et al. 2019). */
const blurOfRange = 0.01
/** Densities below this share of the peak are tails of the blur, not of the spectrum. */
const floorOfPeak = 1e-8
/** A threshold farther than this many times the largest eigenvalue would press the spectrum into a corner of the chart. */
const farThreshold = 4

interface Interval {
  readonly estimate: number
  readonly low: number
  readonly high: number
}

/**
 * Density of the Hessian's eigenvalues at the latest probe of the segment, beside that of the run's first probe: stochastic Lanczos quadrature (Lin, Saad & Yang 2016;
 * Ghorbani, Krishnan & Xiao 2019), blurred by a Gaussian whose σ is a hundredth of the range. The estimate is tr H; its 95 % interval and that of the share of eigenvalues
 * below −σ are by t over the random starts: nearer to zero a quadrature node stands for both signs, and its own sign means nothing. Largest and smallest Ritz values bound the extreme eigenvalues from inside.
 * Informs only: `pass` once it can be computed, `unknown` when no spectrum was recorded, is not finite, is laid out wrongly, or is zero.
 */
export function diagnoseSpectralDensity(context: SegmentContext): DiagnosticResult {
  const spectrum = latestSpectrum(context)
  if (typeof spectrum === 'string') return missingSpectrum(spectrum)
  const { largest, smallest } = extremes([spectrum])
  const sigma = blur([spectrum])
  if (sigma === 0) return missingSpectrum(`the Hessian at step ${spectrum.step} is zero`)
  const { quadratures, step } = spectrum
  const negative = shareBelow(spectrum, -sigma)
  const trace = traceAt(context, spectrum)
  const threshold = sharpnessThreshold(context.range.hyperparameters)
  const decay = context.range.hyperparameters.weightDecay ?? 0
  const ofThreshold = (largest + decay) / threshold
  const negativeText = formatInterval(100 * negative.estimate, 100 * negative.low, 100 * negative.high)
  return createDiagnosticResult({
    ...fixedFields,
    ...trace,
    sampleSize: quadratures.length,
    verdict: 'pass',
    reason: [
      `step ${step}:${Number.isFinite(trace.estimate) ? ` tr H ${formatInterval(trace.estimate, trace.low, trace.high)},` : ''}`,
      `λ from ${formatNumber(smallest)} to ${formatNumber(largest)}`,
      ...(Number.isFinite(ofThreshold) ? [`(${percentText(ofThreshold)} of the stability threshold)`] : []),
      `and ${negativeText} % of the eigenvalues below −${formatNumber(sigma)}`,
    ].join(' '),
    summary:
      negative.estimate > 0
        ? 'Some directions of the loss are curved downwards by more than the blur: no valley holds the weights by itself.'
        : 'No direction is curved downwards by more than the blur, as far as the starts can see.',
    details: [
      { label: 'λmax of the starts', value: largest, unit: '' },
      { label: 'λmin of the starts', value: smallest, unit: '' },
      { label: 'stability threshold λ*', value: threshold, unit: '' },
      { label: '(λmax + weight decay)/λ*', value: ofThreshold, unit: '' },
      { label: 'blur σ', value: sigma, unit: '' },
      { label: 'share of eigenvalues below −σ', value: negative.estimate, unit: '' },
      { label: 'share of eigenvalues below −σ, low', value: negative.low, unit: '' },
      { label: 'share of eigenvalues below −σ, high', value: negative.high, unit: '' },
      { label: 'random starts', value: quadratures.length, unit: '' },
      { label: 'Lanczos iterations', value: quadratures[0]?.nodes.length ?? Number.NaN, unit: '' },
    ].filter(({ value }) => Number.isFinite(value)),
    charts: [densityChart(spectrum, firstSpectrum(context, step), { threshold: threshold - decay, negativeText })],
  })
}

const fixedFields = {
  id: 'spectral-density',
  title: 'Spectral density',
  symbol: 'tr H',
  assumption:
    'The Hessian of the recorded examples stands for that of the loss; intervals assume enough starts for their mean to be nearly normal.',
} as const

function missingSpectrum(reason: string): DiagnosticResult {
  return createDiagnosticResult({
    ...fixedFields,
    verdict: 'unknown',
    reason: `cannot say: ${reason}`,
    summary: 'The spectrum of the Hessian is not known.',
  })
}

function latestSpectrum({ segment }: SegmentContext): RecordedSpectrum | string {
  const { ritz_values: values, ritz_weights: weights } = segment.vectors
  if (!values || !weights || values.steps.length === 0)
    return 'no spectrum was recorded in this segment; record the probe spectral_density, or give the roles ritz_values and ritz_weights'
  return recordedSpectrum(values, weights, values.steps.length - 1)
}

/** The run's first, where it is another one and can be read. */
function firstSpectrum({ run }: SegmentContext, latestStep: number): RecordedSpectrum | undefined {
  const { ritz_values: values, ritz_weights: weights } = run.vectors
  if (!values || !weights || values.steps[0] === latestStep) return undefined
  const first = recordedSpectrum(values, weights, 0)
  return typeof first === 'string' ? undefined : first
}

function extremes(spectra: readonly RecordedSpectrum[]): { largest: number; smallest: number } {
  const nodes = spectra.flatMap(({ quadratures }) => quadratures.flatMap((quadrature) => [...quadrature.nodes]))
  return { largest: Math.max(...nodes), smallest: Math.min(...nodes) }
}

function intervalOf(estimate: number, standardError: number, starts: number): Interval {
  if (standardError === 0) return { estimate, low: estimate, high: estimate }
  const halfWidth = starts < 2 ? Number.NaN : tQuantile((1 + confidence) / 2, starts - 1) * standardError
  return { estimate, low: estimate - halfWidth, high: estimate + halfWidth }
}

/** A single eigenvalue has no range: its own size stands in. */
function blur(spectra: readonly RecordedSpectrum[]): number {
  const { largest, smallest } = extremes(spectra)
  return blurOfRange * (largest > smallest ? largest - smallest : Math.abs(largest))
}

function shareBelow({ quadratures }: RecordedSpectrum, bound: number): Interval {
  const { mean, standardError } = meanIntegral(quadratures, (node) => (node < bound ? 1 : 0))
  const { estimate, low, high } = intervalOf(mean, standardError, quadratures.length)
  return { estimate, low: Math.max(0, low), high: Math.min(1, high) }
}

function traceAt({ segment }: SegmentContext, { step, quadratures }: RecordedSpectrum): Interval {
  const { hessian_trace: trace, hessian_trace_standard_error: error } = segment.scalars
  const at = (series: typeof trace) => series?.values[series.steps.indexOf(step)] ?? Number.NaN
  return intervalOf(at(trace), at(error), quadratures.length)
}

function densityChart(
  latest: RecordedSpectrum,
  first: RecordedSpectrum | undefined,
  { threshold, negativeText }: { threshold: number; negativeText: string },
): CurveChart {
  const shown = first ? [latest, first] : [latest]
  const { largest, smallest } = extremes(shown)
  const sigma = blur(shown)
  const isNear = threshold > 0 && threshold <= farThreshold * largest
  const from = smallest - 4 * sigma
  const to = Math.max(largest, isNear ? threshold : largest) + 4 * sigma
  const x = Array.from({ length: chartPointCount }, (_, i) => from + ((to - from) * i) / (chartPointCount - 1))
  const { largest: latestLargest } = extremes([latest])
  return {
    kind: 'curve',
    title: `Density of the Hessian eigenvalues, ${negativeText} % clearly negative`,
    xName: 'eigenvalue',
    curves: shown.map((spectrum, i) => ({
      label: `step ${spectrum.step}`,
      x,
      y: aboveFloor(spectralDensity(spectrum.quadratures, x, sigma)),
      low: [],
      high: [],
      isReference: i > 0,
    })),
    references: [
      { axis: 'x', at: latestLargest, label: 'λmax' },
      ...(isNear ? [{ axis: 'x' as const, at: threshold, label: 'threshold of stability' }] : []),
    ],
    isLogarithmicX: false,
    isLogarithmicY: true,
  }
}

/** NaN where only the tails of the blur are left: the line breaks there. */
function aboveFloor(density: Float64Array): number[] {
  const floor = floorOfPeak * density.reduce((peak, value) => Math.max(peak, value), 0)
  return Array.from(density, (value) => (value >= floor ? value : Number.NaN))
}
