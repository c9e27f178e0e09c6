import { formatNumber } from '../../../format/formatNumber.ts'
import { createRandomGenerator, type RandomGenerator } from '../../../random/randomGenerator.ts'
import { areFinite, isConstant, mean, quantileOfSorted, standardDeviation } from '../../../statistics/moments.ts'
import { sortedCopy } from '../../../statistics/sortWithOrder.ts'
import { hillCurve } from '../../../statistics/hillCurve.ts'
import { hillTailIndex, tailIndexOfLaw } from '../../../statistics/tailIndex.ts'
import { createDiagnosticResult } from '../../results/createDiagnosticResult.ts'
import type { CurveChart, DiagnosticResult, ForestChart } from '../../results/diagnosticResult.ts'
import type { VectorSeries } from '../../observables/observables.ts'
import { samplingOf, unevenReason } from '../../observables/sampling.ts'
import type { SegmentContext } from '../segmentContext.ts'
import { component, lastRows } from '../../observables/seriesRange.ts'

const pointLimit = 4096
const fewestPoints = 400
const componentLimit = 8
const controlCount = 20
/** Standard deviations of the Gaussian control below its mean from which a tail is heavier. */
const controlDeviations = 3
const hillShare = 0.02
/** Of the noise from half to half, beyond which its tails are not judged. */
const largestScaleChange = 2
/** Fewer different values among so many points are atoms. */
const fewestValues = 10
const distinctPoints = 1000
/** Of a standard deviation: values that are closer are one. */
const sameWithin = 1e-6

/**
 * Tail index of the gradient noise (stochastic minus full gradient, else the stochastic gradient, else increments of the weights): the block estimator of
 * Mohammadi et al. 2015 on differences of random pairs of each component, averaged over the components; 2 for a Gaussian. Compared with Gaussian samples of the
 * same length, because the estimator scatters. Not judged where the scale changes more than 2-fold from half to half, or where components take fewer than ten values. Says at most "heavier than Gaussian", never that a variance is infinite. Informs only.
 */
export function diagnoseTailIndex(context: SegmentContext): DiagnosticResult {
  const source = noiseComponents(context)
  const components = source.components.filter((values) => !isConstant(values) && areFinite(values))
  const sampleSize = components[0]?.length ?? 0
  if (source.uneven !== undefined || sampleSize < fewestPoints) return missingTail(sampleSize, source.uneven)
  const change = scaleChange(components)
  if (!(change <= largestScaleChange))
    return missingTail(
      sampleSize,
      Number.isFinite(change)
        ? `the size of the ${source.name} changes ${formatNumber(change)}-fold from half to half: a mixture of scales looks heavy-tailed`
        : `the ${source.name} take few values: a law of atoms has no tail`,
    )
  const random = createRandomGenerator(context.seed)
  const index = mean(Float64Array.from(components, (values) => tailIndexOfLaw(values, random)))
  const samples = Array.from({ length: controlCount }, () =>
    Float64Array.from({ length: sampleSize }, () => random.normal()),
  )
  const control = gaussianControl(samples, random)
  const limit = control.mean - controlDeviations * control.deviation
  const isHeavy = index < limit
  const k = Math.floor(hillShare * sampleSize)
  return createDiagnosticResult({
    ...fixedFields,
    estimate: index,
    sampleSize,
    marginLow: limit,
    threshold: 2,
    verdict: isHeavy ? 'warn' : 'pass',
    reason: `index ${formatNumber(index)} of the ${source.name}, Gaussian samples ${formatNumber(control.mean)} ± ${formatNumber(control.deviation, 2)}`,
    summary: isHeavy
      ? 'The noise has heavier tails than a Gaussian.'
      : 'No tail heavier than a Gaussian’s shows in the noise.',
    details: [
      { label: 'Gaussian control, mean', value: control.mean, unit: '' },
      { label: 'Gaussian control, standard deviation', value: control.deviation, unit: '' },
      {
        label: `Hill exponent of the ${k} largest`,
        value: mean(Float64Array.from(components, (values) => hillTailIndex(centred(values), k))),
        unit: '',
      },
      { label: 'components', value: components.length, unit: '' },
    ],
    charts: tailCharts(source.name, { components, samples, index, control }),
  })
}

const fixedFields = {
  id: 'tail-index',
  title: 'Tail index',
  symbol: 'α',
  assumption:
    'One scale throughout: noise whose size changes with time or between components looks heavy-tailed without being so.',
} as const

/**
 * The largest ratio, over the components, of the median magnitude of one half to that of the other, about the median of all: 1 for one scale throughout, infinite where a half is mostly one value.
 * NaN where a component has fewer than ten different values.
 */
function scaleChange(components: readonly Float64Array[]): number {
  const changes = components.map((values) => {
    const spacing = standardDeviation(values) * sameWithin
    if (new Set(values.subarray(0, distinctPoints).map((value) => Math.round(value / spacing))).size < fewestValues)
      return Number.NaN
    const centre = quantileOfSorted(sortedCopy(values), 0.5)
    const [first, second] = [values.subarray(0, values.length >> 1), values.subarray(values.length >> 1)].map((half) =>
      quantileOfSorted(sortedCopy(half.map((value) => Math.abs(value - centre))), 0.5),
    )
    const ratio = (first ?? Number.NaN) / (second ?? Number.NaN)
    return Math.max(ratio, 1 / ratio)
  })
  return Math.max(...changes)
}

function missingTail(count: number, obstacle?: string): DiagnosticResult {
  return createDiagnosticResult({
    ...fixedFields,
    sampleSize: count,
    verdict: 'unknown',
    reason:
      obstacle ??
      (count === 0
        ? 'cannot say: needs stochastic_gradient, or weights, as components'
        : `cannot say: ${count} rows of gradients or weights, ${fewestPoints} are needed`),
    summary: count === 0 ? 'The noise was not recorded.' : 'The tails of the noise cannot be judged.',
  })
}

/** `uneven`: why increments over stretches of different length are no sample of one law. */
function noiseComponents({ judged }: SegmentContext): { name: string; components: Float64Array[]; uneven?: string } {
  const { stochastic_gradient: stochastic, gradient, weights } = judged.vectors
  if (stochastic && gradient && isSameGrid(stochastic, gradient)) {
    const values = stochastic.values.map((value, i) => value - (gradient.values[i] ?? Number.NaN))
    return { name: 'gradient noise', components: lastComponents({ ...stochastic, values }) }
  }
  if (stochastic) return { name: 'stochastic gradient', components: lastComponents(stochastic) }
  const name = 'increments of the weights'
  if (!weights) return { name, components: [] }
  const sampling = samplingOf(weights.steps)
  const components = lastComponents(weights).map(differences)
  return sampling.isEven ? { name, components } : { name, components, uneven: unevenReason('weights', sampling) }
}

function isSameGrid(a: VectorSeries, b: VectorSeries): boolean {
  return (
    a.dimension === b.dimension && a.steps.length === b.steps.length && a.steps.every((step, i) => step === b.steps[i])
  )
}

/** At most `componentLimit` components, evenly spaced, of the last rows. */
function lastComponents(series: VectorSeries): Float64Array[] {
  const stride = Math.ceil(series.dimension / componentLimit)
  const chosen = Array.from({ length: Math.ceil(series.dimension / stride) }, (_, i) => i * stride)
  const recent = lastRows(series, pointLimit)
  return chosen.map((k) => component(recent, k))
}

function differences(values: Float64Array): Float64Array {
  return Float64Array.from(
    { length: Math.max(0, values.length - 1) },
    (_, i) => (values[i + 1] ?? 0) - (values[i] ?? 0),
  )
}

function centred(values: Float64Array): Float64Array {
  const centre = mean(values)
  return values.map((value) => value - centre)
}

interface Control {
  readonly mean: number
  readonly deviation: number
}

function gaussianControl(samples: readonly Float64Array[], random: RandomGenerator): Control {
  const indices = Float64Array.from(samples, (values) => tailIndexOfLaw(values, random))
  return { mean: mean(indices), deviation: standardDeviation(indices) }
}

/** The index beside that of Gaussian samples of the same length, and the Hill plots of both. */
function tailCharts(
  name: string,
  {
    components,
    samples,
    index,
    control,
  }: {
    components: readonly Float64Array[]
    samples: readonly Float64Array[]
    index: number
    control: Control
  },
): (ForestChart | CurveChart)[] {
  const reach = controlDeviations * control.deviation
  const none = { low: Number.NaN, high: Number.NaN }
  return [
    {
      kind: 'forest',
      title: 'Tail index',
      xName: `α; Gaussian samples with ± ${controlDeviations} standard deviations`,
      rows: [
        { label: name, estimate: index, ...none, isReference: false },
        {
          label: 'Gaussian samples',
          estimate: control.mean,
          low: control.mean - reach,
          high: control.mean + reach,
          isReference: true,
        },
      ],
      marginLow: control.mean - reach,
      marginHigh: control.mean + reach,
    },
    {
      kind: 'curve',
      title: 'Hill plot',
      xName: 'number k of largest magnitudes',
      curves: [curveOf(name, components, false), curveOf('Gaussian samples', samples, true)],
      references: [],
      isLogarithmicX: true,
      isLogarithmicY: false,
    },
  ]
}

/** The band is the asymptotic 95 % interval of one component with k independent values: wide for an average over several. */
function curveOf(
  label: string,
  components: readonly Float64Array[],
  isReference: boolean,
): CurveChart['curves'][number] {
  const { counts, exponents } = hillCurve(components)
  const at = (sign: number) =>
    exponents.map((exponent, i) => exponent * (1 + (sign * 1.96) / Math.sqrt(counts[i] ?? 1)))
  return { label, x: counts, y: exponents, low: at(-1), high: at(1), isReference }
}
