import { formatNumber } from '../format/formatNumber.ts'
import { createRandomGenerator, type RandomGenerator } from '../random/randomGenerator.ts'
import { isConstant, mean, standardDeviation } from '../statistics/moments.ts'
import { hillTailIndex, tailIndexOfLaw } from '../statistics/tailIndex.ts'
import { createDiagnosticResult } from './createDiagnosticResult.ts'
import type { DiagnosticResult } from './diagnosticResult.ts'
import type { VectorSeries } from './observables.ts'
import type { SegmentContext } from './segmentContext.ts'
import { component } from './seriesRange.ts'

const pointLimit = 4096
const fewestPoints = 400
const componentLimit = 8
const controlCount = 20
/** Standard deviations of the Gaussian control below its mean from which a tail is heavier. */
const controlDeviations = 3
const hillShare = 0.02

/**
 * Tail index of the gradient noise (stochastic minus full gradient, else the stochastic gradient, else increments of the weights): the block estimator of
 * Mohammadi et al. 2015 on differences of random pairs of each component, averaged over the components; 2 for a Gaussian. Compared with Gaussian samples of the
 * same length, because the estimator scatters. Says at most "heavier than Gaussian", never that a variance is infinite. Informs only.
 */
export function diagnoseTailIndex(context: SegmentContext): DiagnosticResult {
  const source = noiseComponents(context)
  const components = source.components.filter((values) => !isConstant(values) && values.every(Number.isFinite))
  const sampleSize = components[0]?.length ?? 0
  if (sampleSize < fewestPoints) return missingTail(sampleSize)
  const random = createRandomGenerator(context.seed)
  const index = mean(Float64Array.from(components, (values) => tailIndexOfLaw(values, random)))
  const control = gaussianControl(sampleSize, random)
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
      : 'The tails of the noise are those of a Gaussian.',
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
  })
}

const fixedFields = {
  id: 'tail-index',
  title: 'Tail index',
  symbol: 'α',
  assumption:
    'One scale throughout: noise whose size changes with time or between components looks heavy-tailed without being so.',
} as const

function missingTail(count: number): DiagnosticResult {
  return createDiagnosticResult({
    ...fixedFields,
    sampleSize: count,
    verdict: 'unknown',
    reason:
      count === 0
        ? 'cannot say: needs stochastic_gradient, or weights, as components'
        : `cannot say: ${count} rows of gradients or weights, ${fewestPoints} are needed`,
    summary: 'The tails of the noise were not recorded.',
  })
}

function noiseComponents({ judged }: SegmentContext): { name: string; components: Float64Array[] } {
  const { stochastic_gradient: stochastic, gradient, weights } = judged.vectors
  if (stochastic && gradient && isSameGrid(stochastic, gradient)) {
    const values = stochastic.values.map((value, i) => value - (gradient.values[i] ?? Number.NaN))
    return { name: 'gradient noise', components: lastComponents({ ...stochastic, values }) }
  }
  if (stochastic) return { name: 'stochastic gradient', components: lastComponents(stochastic) }
  const increments = weights ? lastComponents(weights).map(differences) : []
  return { name: 'increments of the weights', components: increments }
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
  return chosen
    .map((k) => component(series, k))
    .map((values) => values.subarray(Math.max(0, values.length - pointLimit)))
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

function gaussianControl(count: number, random: RandomGenerator): { mean: number; deviation: number } {
  const indices = Float64Array.from({ length: controlCount }, () =>
    tailIndexOfLaw(
      Float64Array.from({ length: count }, () => random.normal()),
      random,
    ),
  )
  return { mean: mean(indices), deviation: standardDeviation(indices) }
}
