import { areFinite, isConstant, mean, quantileOfSorted, standardDeviation } from '../../../statistics/moments.ts'
import { sortedCopy } from '../../../statistics/sortWithOrder.ts'
import type { SegmentContext } from '../segmentContext.ts'

/** A function φ of the weights along the judged part, with how many steps lie between its ends. */
export interface TestFunction {
  readonly name: string
  readonly values: Float64Array
  readonly span: number
}

/** Components of a vector that are tried, evenly spaced. */
const componentLimit = 8

/**
 * The library of test functions of the theorem: every judged scalar (loss, ‖∇f‖², ‖θ‖²), the loss cut at its median from above, accuracy, and the bounded functions tanh, cos and sin of standardised
 * components or projections of weights and function outputs. Those that do not vary are left out.
 */
export function testFunctions(context: SegmentContext): TestFunction[] {
  const scalars = context.scalars.map(({ name, steps, values }) => ({ name, values, span: spanOf(steps) }))
  const loss = scalars.find(({ name }) => name === 'loss')
  const accuracy = context.judged.scalars.accuracy
  const vectors = context.vectors.flatMap(({ name, components, stepsPerRow }) => {
    const stride = Math.ceil(components.length / componentLimit)
    return components.flatMap((values, k) =>
      k % stride === 0 ? bounded(`${name} ${k + 1}`, values, (values.length - 1) * stepsPerRow) : [],
    )
  })
  return [
    ...scalars,
    ...(loss ? [{ ...loss, name: 'loss, cut above its median', values: cutAtMedian(loss.values) }] : []),
    ...(accuracy ? [{ name: 'accuracy', values: accuracy.values, span: spanOf(accuracy.steps) }] : []),
    ...vectors,
  ].filter(({ values }) => values.length > 1 && !isConstant(values) && areFinite(values))
}

function bounded(name: string, values: Float64Array, span: number): TestFunction[] {
  const centre = mean(values)
  const scale = standardDeviation(values)
  return [Math.tanh, Math.cos, Math.sin].map((phi) => ({
    name: `${phi.name} of ${name}`,
    values: values.map((value) => phi((value - centre) / scale)),
    span,
  }))
}

function cutAtMedian(values: Float64Array): Float64Array {
  const median = quantileOfSorted(sortedCopy(values), 0.5)
  return values.map((value) => Math.min(value, median))
}

function spanOf(steps: Float64Array): number {
  return (steps.at(-1) ?? Number.NaN) - (steps[0] ?? Number.NaN)
}
