import { formatInterval } from '../../../format/formatEstimate.ts'
import { formatNumber } from '../../../format/formatNumber.ts'
import { meanInterval } from '../../../statistics/meanInterval.ts'
import { mean } from '../../../statistics/moments.ts'
import { isAwayFromZero, ratioInterval } from '../../../statistics/ratioInterval.ts'
import { createDiagnosticResult } from '../../results/createDiagnosticResult.ts'
import type { DiagnosticResult } from '../../results/diagnosticResult.ts'
import { intervalDetails } from '../../results/intervalDetails.ts'
import { measureNoise, type MeasuredNoise } from './measureNoise.ts'
import type { SegmentContext } from '../segmentContext.ts'
import { batchTrendChart } from '../trendChart.ts'

/**
 * How large is the gradient noise beside the gradient? N² = tr Σ_B of one training batch and G² = ‖∇f‖² over the judged part: their ratio, the signal share G²/(G²+N²), and the noise scale
 * B_simple = B·N²/G² in examples, the batch size from which larger batches bring little (McCandlish et al. 2018, eq. 2.9). Without a batch size in batches, N²/G².
 * 95 % intervals: batch means (`meanInterval`), ratios by the delta method. B_simple is left out where the interval of G² or that of N² includes zero. Informs only.
 */
export function diagnoseNoiseScale(context: SegmentContext): DiagnosticResult {
  const measured = measureNoise(context.judged)
  if (typeof measured === 'string') return missingNoise(measured)
  const { noise, signal, steps, source } = measured
  const batchSize = context.range.hyperparameters.batchSize
  const factor = batchSize ?? 1
  const unit = batchSize === undefined ? 'batches' : 'examples'
  const trace = meanInterval(noise)
  const total = signal.map((value, i) => value + (noise[i] ?? Number.NaN))
  const isKnown = isAwayFromZero(signal) && mean(signal) > 0 && isAwayFromZero(noise) && trace.mean > 0
  const scale = isKnown
    ? ratioInterval(
        noise.map((value) => factor * value),
        signal,
      )
    : undefined
  return createDiagnosticResult({
    ...fixedFields,
    estimate: scale?.mean ?? Number.NaN,
    low: scale?.low ?? Number.NaN,
    high: scale?.high ?? Number.NaN,
    sampleSize: noise.length,
    unit,
    threshold: batchSize ?? Number.NaN,
    verdict: scale ? 'pass' : 'unknown',
    reason: scale
      ? `${formatInterval(scale.mean, scale.low, scale.high)} ${unit}, tr Σ = ${formatNumber(trace.mean)}`
      : `cannot say: ${trace.low > 0 ? `‖∇f‖² = ${formatInterval(...intervalOf(signal))}` : `tr Σ = ${formatInterval(trace.mean, trace.low, trace.high)}`} cannot be told from zero; needs longer recording, more probe batches, or exact passes`,
    summary: scale ? summaryOf(measured) : unknownSummary(isAwayFromZero(noise), isAwayFromZero(signal)),
    assumption: `${assumptions[source]} The batch means are nearly independent.`,
    details: [
      ...intervalDetails('noise trace tr Σ', trace),
      ...intervalDetails(
        'signal to noise ‖∇f‖²/tr Σ',
        isAwayFromZero(noise) ? ratioInterval(signal, noise) : undefinedRatio,
      ),
      ...intervalDetails(
        'signal share ‖∇f‖²/(‖∇f‖² + tr Σ)',
        isAwayFromZero(total) ? ratioInterval(signal, total) : undefinedRatio,
      ),
      ...naiveDetails(measured),
    ],
    charts: [
      batchTrendChart(
        { steps, values: noise },
        { interval: trace, initial: initialNoise(context), logarithmic: false },
      ),
    ],
  })
}

function unknownSummary(isNoiseKnown: boolean, isSignalKnown: boolean): string {
  if (isNoiseKnown) return 'The signal in the gradient of one batch cannot be told from zero.'
  return isSignalKnown
    ? 'The noise in the gradient of one batch cannot be told from zero.'
    : 'Neither gradient nor noise can be told from zero.'
}

const undefinedRatio = { mean: Number.NaN, low: Number.NaN, high: Number.NaN }

const fixedFields = { id: 'noise-scale', title: 'Noise scale', symbol: 'B·tr Σ/‖∇f‖²' } as const

const assumptions: Record<MeasuredNoise['source'], string> = {
  recorded: 'The recorded tr Σ is unbiased, and of one training batch.',
  components: 'g and ∇f are of the same objective and weights.',
  norms: 'tr Σ = E‖g‖² − E‖∇f‖²: examples are drawn independently, and both gradients are of the same objective.',
}

function missingNoise(needed: string): DiagnosticResult {
  return createDiagnosticResult({
    ...fixedFields,
    verdict: 'unknown',
    reason: `cannot say: ${needed}`,
    summary: 'The noise of the gradient was not measured beside its size.',
    assumption: 'tr Σ and ‖∇f‖² are unbiased and measured at the same weights.',
  })
}

function summaryOf({ signal, noise }: MeasuredNoise): string {
  return mean(noise) > mean(signal)
    ? 'The gradient of one batch is mostly noise.'
    : 'The gradient of one batch is mostly signal.'
}

/** What ‖g‖² of one batch would say: too large by tr Σ. */
function naiveDetails({ signal, noise }: MeasuredNoise) {
  const naive = mean(signal) + mean(noise)
  return [{ label: 'naive ‖g‖² of one batch, biased by tr Σ', value: naive, unit: '' }].filter(({ value }) =>
    Number.isFinite(value),
  )
}

function intervalOf(values: Float64Array): [number, number, number] {
  const { mean: centre, low, high } = meanInterval(values)
  return [centre, low, high]
}

function initialNoise({ run }: SegmentContext): number {
  return run.scalars.noise_trace?.values[0] ?? Number.NaN
}
