import { distancesOfSorted } from '../../../statistics/distances.ts'
import { isConstant, mean, standardDeviation } from '../../../statistics/moments.ts'
import { sortedCopy } from '../../../statistics/sortWithOrder.ts'
import { driftTest, type DriftTest } from '../driftTest.ts'
import { permuteHalves } from '../halvesPermutation.ts'
import { geometricFall, lossMargin } from '../loss/lossStabilisation.ts'
import type { JudgedScalar, JudgedVector, SegmentContext } from '../segmentContext.ts'
import { thin } from '../../observables/seriesRange.ts'

/** Comparison of the halves of the judged part, of one scalar or one vector observable. */
export interface WindowTest {
  readonly name: string
  /** Whether a difference overturns the verdict, or only weakens it. */
  readonly isDeciding: boolean
  readonly p: number
  /** Between the halves, in standard deviations, the mean over components for a vector: W1, distance of the means, and W1 without the means. */
  readonly effect: number
  readonly shift: number
  readonly shape: number
  /** Distance of the means that counts as none: half of the drift that does. */
  readonly shiftMargin: number
  /** A loss that falls geometrically until the end: its windows differ, however small what is left of it beside its start. */
  readonly isVanishing: boolean
  readonly blockCount: number
  /** Established drifts, and among how many components. */
  readonly drifts: readonly DriftTest[]
  readonly componentCount: number
}

/** `unresolved`: too few blocks for a test, and no drift. */
export type WindowTestState = 'equal' | 'different' | 'unresolved'

/** Points of a scalar that enter the permutation, and the distances that are shown. */
const permutationPointLimit = 4096
export const distancePointLimit = 262_144

/** One test per observable that varies. */
export function collectWindowTests(context: SegmentContext): WindowTest[] {
  const hasFunctionLevel = context.scalars.some(({ kind }) => kind === 'loss' || kind === 'gap')
  const scalars = context.scalars
    .filter(({ values }) => values.length >= 4 && !isConstant(values))
    .map((scalar) => testScalar(context, scalar, scalar.kind !== 'weight-norm' || !hasFunctionLevel))
  const vectors = context.vectors.map((vector) =>
    testVector(context, vector, vector.kind === 'function-outputs' || !hasFunctionLevel),
  )
  return [...scalars, ...vectors]
}

function testScalar(context: SegmentContext, scalar: JudgedScalar, isDeciding: boolean): WindowTest {
  const { margins } = context
  const { values, stride } = thin(scalar.values, permutationPointLimit)
  const drift = driftTest(scalar.values, {
    absolute:
      scalar.kind === 'loss' ? lossMargin(context, scalar) : margins.normDriftOfMean * Math.abs(mean(scalar.values)),
    ofFluctuation: margins.driftOfFluctuation,
    significance: margins.significance / Math.max(1, context.scalars.length),
    minimumEffectiveSampleSize: margins.minimumEffectiveSampleSize,
  })
  const { p, blockCount } = permuteHalves([values], scalar.autocorrelationTime / stride, context)
  const shiftMargin = drift.margin / 2 / standardDeviation(scalar.values)
  return {
    p,
    blockCount,
    ...differencesOf([thin(scalar.values, distancePointLimit).values]),
    name: scalar.name,
    isDeciding,
    shiftMargin,
    isVanishing: scalar.kind === 'loss' && Number.isFinite(geometricFall(context, scalar)),
    drifts: isEstablished(drift) ? [drift] : [],
    componentCount: 1,
  }
}

function testVector(context: SegmentContext, vector: JudgedVector, isDeciding: boolean): WindowTest {
  const { margins } = context
  const components = vector.components.filter((values) => !isConstant(values))
  const drifts = components.map((values) =>
    driftTest(values, {
      absolute: 0,
      ofFluctuation: margins.driftOfFluctuation,
      significance: margins.significance / components.length,
      minimumEffectiveSampleSize: margins.minimumEffectiveSampleSize,
    }),
  )
  const { p, blockCount } = permuteHalves(components, vector.autocorrelationTime, {
    margins,
    seed: context.seed + vector.name.length,
  })
  const shiftMargin = margins.driftOfFluctuation / 2
  return {
    p,
    blockCount,
    ...differencesOf(components),
    name: vector.name,
    isDeciding,
    shiftMargin,
    isVanishing: false,
    drifts: drifts.filter(isEstablished),
    componentCount: components.length,
  }
}

function isEstablished({ finding }: DriftTest): boolean {
  return finding === 'up' || finding === 'down'
}

function differencesOf(components: readonly Float64Array[]): Pick<WindowTest, 'effect' | 'shift' | 'shape'> {
  const differences = components.map(halfDifferences)
  const average = (key: 'effect' | 'shift' | 'shape') =>
    mean(Float64Array.from(differences, (difference) => difference[key]))
  return { effect: average('effect'), shift: average('shift'), shape: average('shape') }
}

function halfDifferences(values: Float64Array): { effect: number; shift: number; shape: number } {
  const middle = values.length >> 1
  const difference = mean(values.subarray(middle)) - mean(values.subarray(0, middle))
  const first = sortedCopy(values.subarray(0, middle))
  const second = sortedCopy(values.subarray(middle))
  const scale = standardDeviation(values)
  return {
    effect: distancesOfSorted(first, second).wasserstein1 / scale,
    shift: Math.abs(difference) / scale,
    shape: distancesOfSorted(first, second, difference).wasserstein1 / scale,
  }
}

/** What a test says once its p is adjusted for all of them. */
export function windowTestState(test: WindowTest, adjusted: number, { margins }: SegmentContext): WindowTestState {
  if (test.isVanishing) return 'different'
  if (test.drifts.length > 0 && test.drifts.length >= margins.driftingComponentShare * test.componentCount)
    return 'different'
  if (Number.isNaN(adjusted)) return 'unresolved'
  const isNegligible =
    test.effect <= margins.windowDistanceOfSpread ||
    (test.shift <= test.shiftMargin && test.shape <= margins.windowDistanceOfSpread)
  return adjusted > margins.significance || isNegligible ? 'equal' : 'different'
}
