import tQuantile from '@stdlib/stats-base-dists-t-quantile'
import { formatInterval } from '../../format/formatEstimate.ts'
import { formatNumber } from '../../format/formatNumber.ts'
import { meanInterval } from '../../statistics/meanInterval.ts'
import { mean, variance } from '../../statistics/moments.ts'
import type { DiagnosedSeed, GroupComparison, ObservableAcrossRuns, ScalingCheck } from './acrossRunsTypes.ts'
import { lastMainSegment, type AlignedObservable } from './acrossRunsWindow.ts'
import type { Experiment } from './groupSeeds.ts'
import { defaultMargins } from '../results/margins.ts'
import { settingName } from '../../runs/settingText.ts'
import { undampedRate } from '../observables/updateRule.ts'

type Scaling = Pick<GroupComparison, 'scaling' | 'notChecked'>

/** A ratio up to this factor from the predicted one agrees: the predictions are those of vanishing learning rate. */
const scalingMargin = 1.25
const { minimumEffectiveSampleSize } = defaultMargins
/** Settings whose change the predictions know. */
const scaledSettings = new Set(['learning_rate', 'batch_size', 'momentum'])

/** A mean over the runs of one experiment, with its squared standard error. */
interface Estimate {
  readonly mean: number
  readonly variance: number
  readonly freedom: number
}

interface ScaledExperiment {
  readonly label: string
  /** η/(1−μ)/B; B = 1 where no batch size is known. */
  readonly scale: number
  readonly estimate: (observable: string, value: (components: readonly Float64Array[]) => Float64Array) => Estimate
}

/**
 * Do the experiments scale as small learning rates do? The trace of the weights' covariance and E‖∇f‖² grow as η/((1−μ)B), and so does E loss above its minimum
 * (Mandt, Hoffman, Blei 2017, for SGD on a quadratic with noise of covariance ∝ 1/B; with heavy ball, η becomes η/(1−μ)). Measured ratio with a 95 % interval by Welch's t
 * (1947) over runs; an experiment of one run has the error of its own batch means. `agrees`: the interval lies within a factor 1.25 of the prediction;
 * `differs`: it lies outside. The smallest loss is unknown unless the setting `minimum_loss` tells it, so the gap needs that, or three experiments:
 * then the differences of the loss are compared.
 */
export function scalingChecks(
  seeds: readonly DiagnosedSeed[],
  experiments: readonly Experiment[],
  aligned: readonly AlignedObservable[],
  judged: readonly ObservableAcrossRuns[],
): Scaling {
  const others = [...new Set(experiments.flatMap(({ settings }) => Object.keys(settings)))].filter(
    (key) => !scaledSettings.has(key),
  )
  if (others.length > 0) return nothing(`the experiments also differ in ${others.map(settingName).join(', ')}`)
  const scaled = experiments.map((experiment) => scaledExperiment(seeds, experiment, aligned))
  if (scaled.some(({ scale }) => !Number.isFinite(scale))) return nothing('a learning rate or batch size is unknown')
  const ordered = scaled.toSorted((a, b) => a.scale - b.scale)
  if (new Set(ordered.map(({ scale }) => formatNumber(scale, 12))).size < ordered.length)
    return nothing('two experiments have the same learning rate per sample, η/((1−μ)B)')
  const minimum = knownMinimum(seeds)
  const has = (name: string) => aligned.some(({ observable }) => observable === name)
  const parts: Scaling[] = [
    has('weights')
      ? ratioChecks('weight-covariance-trace', ordered, 'weights', squaredDeviation)
      : missing('tr C ∝ η/B', 'the weights were not recorded and judged in all runs'),
    has('gradient_norm_squared')
      ? ratioChecks('gradient-norm-squared', ordered, 'gradient_norm_squared', firstComponent)
      : missing('E‖∇f‖² ∝ η/B', 'the full gradient norm was not recorded and judged in all runs'),
    !has('loss')
      ? missing('loss gap ∝ η', 'the loss was not recorded and judged in all runs')
      : lossChecks(ordered, minimum),
  ]
  return {
    scaling: parts.flatMap(({ scaling }) => scaling).map((check) => withEnoughSamples(check, judged)),
    notChecked: parts.flatMap(({ notChecked }) => notChecked),
  }
}

const observableOf: Readonly<Record<ScalingCheck['quantity'], string>> = {
  'weight-covariance-trace': 'weights',
  'gradient-norm-squared': 'gradient_norm_squared',
  'loss-gap': 'loss',
}

/** Of a run that has not gone round its law often enough, the covariance comes out too small: the ratio is then shown, but nothing is found. */
function withEnoughSamples(check: ScalingCheck, judged: readonly ObservableAcrossRuns[]): ScalingCheck {
  const name = observableOf[check.quantity]
  const samples = judged.find(({ observable }) => observable === name)?.effectiveSampleSize ?? Number.NaN
  if (samples >= minimumEffectiveSampleSize) return check
  const reason = `${check.reason}, but a run has ${formatNumber(samples)} effective samples of ${name}; ${minimumEffectiveSampleSize} are needed`
  return { ...check, finding: 'unresolved', reason }
}

const nothing = (reason: string): Scaling => ({
  scaling: [],
  notChecked: [`scaling with the learning rate: ${reason}`],
})
const missing = (law: string, reason: string): Scaling => ({ scaling: [], notChecked: [`${law}: ${reason}`] })

function knownMinimum(seeds: readonly DiagnosedSeed[]): number {
  const values = new Set(seeds.map(({ settings }) => settings?.['minimum_loss']))
  const [value] = values
  return values.size === 1 && typeof value === 'number' ? value : Number.NaN
}

function scaledExperiment(
  seeds: readonly DiagnosedSeed[],
  { label, members }: Experiment,
  aligned: readonly AlignedObservable[],
): ScaledExperiment {
  const [first] = members.flatMap((i) => seeds[i] ?? [])
  const own = first && (lastMainSegment(first)?.hyperparameters ?? first.observables.config)
  const isBatchKnown = seeds.every((seed) => seed.observables.config.batchSize !== undefined)
  const isBatchUnknown = seeds.every((seed) => seed.observables.config.batchSize === undefined)
  const batch = isBatchKnown ? own?.batchSize : isBatchUnknown ? 1 : undefined
  const scale = (own ? undampedRate(own) : Number.NaN) / (1 - (own?.momentum ?? 0)) / (batch ?? Number.NaN)
  return {
    label,
    scale,
    estimate: (observable, value) => {
      const runs = aligned.find((one) => one.observable === observable)?.runs ?? []
      return estimateOf(members.map((i) => value(runs[i] ?? [])))
    },
  }
}

/** The mean over runs; its error from the scatter between them, or within the only one. */
function estimateOf(runs: readonly Float64Array[]): Estimate {
  const means = Float64Array.from(runs, mean)
  const count = means.length
  const [only] = runs
  if (count > 1 || !only) return { mean: mean(means), variance: variance(means) / (count - 1), freedom: count - 1 }
  const interval = meanInterval(only)
  return { mean: interval.mean, variance: interval.standardError ** 2, freedom: interval.batchCount - 1 }
}

const firstComponent = ([values]: readonly Float64Array[]): Float64Array => values ?? new Float64Array()

/** ‖θ − mean θ‖² at each point; its mean is the trace of the covariance. */
function squaredDeviation(components: readonly Float64Array[]): Float64Array {
  const centres = components.map(mean)
  return Float64Array.from({ length: components[0]?.length ?? 0 }, (_, row) =>
    components.reduce((sum, values, k) => sum + ((values[row] ?? Number.NaN) - (centres[k] ?? Number.NaN)) ** 2, 0),
  )
}

const lawNames: Readonly<Record<ScalingCheck['quantity'], string>> = {
  'weight-covariance-trace': 'tr C ∝ η/B',
  'gradient-norm-squared': 'E‖∇f‖² ∝ η/B',
  'loss-gap': 'loss gap ∝ η/B',
}

/** Each experiment over the one with the smallest scale. */
function ratioChecks(
  quantity: ScalingCheck['quantity'],
  ordered: readonly ScaledExperiment[],
  observable: string,
  value: (components: readonly Float64Array[]) => Float64Array,
): Scaling {
  const [base, ...others] = ordered
  if (!base) return { scaling: [], notChecked: [] }
  const below = base.estimate(observable, value)
  const checks = others.map((other) =>
    checkRatio(quantity, [base, other], other.scale / base.scale, ratioOf(other.estimate(observable, value), below)),
  )
  return checks.every(({ ratio }) => Number.isFinite(ratio))
    ? { scaling: checks, notChecked: [] }
    : missing(lawNames[quantity], 'a mean is not above zero')
}

interface Interval {
  readonly ratio: number
  readonly low: number
  readonly high: number
}

/** Ratio of two positive means; on the logarithm, so that the interval cannot reach zero. */
function ratioOf(above: Estimate, below: Estimate): Interval {
  if (!(above.mean > 0 && below.mean > 0)) return { ratio: Number.NaN, low: Number.NaN, high: Number.NaN }
  const [a, b] = [above, below].map((one) => ({ variance: one.variance / one.mean ** 2, freedom: one.freedom }))
  const halfWidth = a && b ? welchHalfWidth([a, b]) : Number.NaN
  const ratio = above.mean / below.mean
  return { ratio, low: ratio * Math.exp(-halfWidth), high: ratio * Math.exp(halfWidth) }
}

/** 95 % half-width of a sum of independent estimates, degrees of freedom by Satterthwaite (1946) and Welch (1947). */
function welchHalfWidth(parts: readonly Pick<Estimate, 'variance' | 'freedom'>[]): number {
  const total = parts.reduce((sum, part) => sum + part.variance, 0)
  const freedom = total ** 2 / parts.reduce((sum, part) => sum + part.variance ** 2 / part.freedom, 0)
  return tQuantile(0.975, freedom) * Math.sqrt(total)
}

function lossChecks(ordered: readonly ScaledExperiment[], minimum: number): Scaling {
  if (Number.isFinite(minimum))
    return ratioChecks('loss-gap', ordered, 'loss', ([values]) =>
      (values ?? new Float64Array()).map((x) => x - minimum),
    )
  const [first, last] = [ordered[0], ordered.at(-1)]
  const middle = ordered.slice(1, -1)
  if (!first || !last || middle.length === 0)
    return missing(
      'loss gap ∝ η',
      'the smallest loss is unknown; give it as setting minimum_loss, or a third learning rate',
    )
  const [low, high] = [first.estimate('loss', firstComponent), last.estimate('loss', firstComponent)]
  return {
    scaling: middle.map((one) =>
      checkRatio(
        'loss-gap',
        [first, one],
        (one.scale - first.scale) / (last.scale - first.scale),
        shareOf(one.estimate('loss', firstComponent), low, high),
      ),
    ),
    notChecked: [],
  }
}

/** (m − l)/(h − l) of independent estimates, its error by the delta method. */
function shareOf(middle: Estimate, low: Estimate, high: Estimate): Interval {
  const span = high.mean - low.mean
  const ratio = (middle.mean - low.mean) / span
  const weights = [1 / span, (ratio - 1) / span, -ratio / span]
  const halfWidth = welchHalfWidth(
    [middle, low, high].map((one, k) => ({ variance: one.variance * (weights[k] ?? 0) ** 2, freedom: one.freedom })),
  )
  return { ratio, low: ratio - halfWidth, high: ratio + halfWidth }
}

function checkRatio(
  quantity: ScalingCheck['quantity'],
  [from, to]: readonly [ScaledExperiment, ScaledExperiment],
  predicted: number,
  interval: Interval,
): ScalingCheck {
  const [low, high] = [predicted / scalingMargin, predicted * scalingMargin]
  const finding =
    interval.low >= low && interval.high <= high
      ? 'agrees'
      : interval.low > high || interval.high < low
        ? 'differs'
        : 'unresolved'
  const measured = `measured ${formatInterval(interval.ratio, interval.low, interval.high)}`
  const reason = `${lawNames[quantity]}: ${measured}, predicted ${formatNumber(predicted)}`
  return { quantity, from: from.label, to: to.label, ...interval, predicted, finding, reason }
}
