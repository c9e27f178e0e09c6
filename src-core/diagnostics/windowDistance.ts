import { formatNumber } from '../format/formatNumber.ts'
import { formatPValue } from '../format/formatPValue.ts'
import { blockPermutationTest } from '../statistics/blockPermutationTest.ts'
import { holmAdjusted } from '../statistics/holm.ts'
import { wasserstein1 } from '../statistics/distances.ts'
import { isConstant, mean, standardDeviation } from '../statistics/moments.ts'
import { createDiagnosticResult } from './createDiagnosticResult.ts'
import type { DiagnosticResult, DistanceMatrixChart } from './diagnosticResult.ts'
import { driftTest, type DriftTest } from './driftTest.ts'
import { lossMargin } from './lossStabilisation.ts'
import type { JudgedScalar, JudgedVector, SegmentContext } from './segmentContext.ts'
import { thin } from './seriesRange.ts'
import { windowDistanceMatrix } from './windowDistanceMatrix.ts'

/** `equal`: no window differs. `different`: a law of the verdict changes. `weights-only`: only the weights or their norm still move. */
export type WindowFinding = 'equal' | 'different' | 'weights-only' | 'unresolved'

interface WindowTest {
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
  readonly blockCount: number
  /** Established drifts, and among how many components. */
  readonly drifts: readonly DriftTest[]
  readonly componentCount: number
}

const permutationPointLimit = 4096
/** Components of a sketch that enter the permutation test, evenly spaced: projections are exchangeable, more add cost and hardly power. */
const permutationComponentLimit = 24

/**
 * Is the law the same in every window? For loss, ‖∇f‖², ‖θ‖², weights and function outputs: W1 between the halves of the judged part with a
 * block-permutation p (blocks of 2τ, at least 20), Holm-corrected over the observables, and a drift test with equivalence margin for the scalars.
 * A difference counts when it is significant and not negligible: the means of the halves differ by more than half of the drift that counts as none,
 * or the laws around them by more than a share of a standard deviation. A vector drifts when a quarter of its components do. Weights of a run whose loss is known only weaken the verdict:
 * they may move along flat or symmetric directions while the law of every function of the network is stationary.
 */
export function diagnoseWindowDistance(context: SegmentContext): { finding: WindowFinding; result: DiagnosticResult } {
  const tests = collectTests(context)
  const adjusted = holmAdjusted(tests.map(({ p }) => p))
  const { margins } = context
  const states = tests.map((test, i) => testState(test, adjusted[i] ?? Number.NaN, context))
  const isDifferent = (deciding: boolean) =>
    tests.some((test, i) => test.isDeciding === deciding && states[i] === 'different')
  const isKnown = tests.some((test, i) => test.isDeciding && states[i] !== 'unresolved')
  const matrix = matrixOf(context)
  const ratio = matrix ? meanRatio(matrix) : Number.NaN
  const finding: WindowFinding = isDifferent(true)
    ? 'different'
    : !isKnown
      ? 'unresolved'
      : isDifferent(false)
        ? 'weights-only'
        : 'equal'
  const isPartial = tests.some((test, i) => test.isDeciding && (states[i] === 'unresolved' || test.drifts.length > 0))
  const isWarned =
    finding === 'weights-only' || (finding === 'equal' && (isPartial || ratio > margins.windowDistanceRatio))
  const main = context.gating[0]
  return {
    finding,
    result: createDiagnosticResult({
      id: 'window-distance',
      title: 'Window distances',
      symbol: 'W₁ ratio',
      estimate: ratio,
      ...ratioRange(matrix),
      sampleSize: main?.values.length ?? 0,
      effectiveSampleSize: main?.effectiveSampleSize ?? Number.NaN,
      autocorrelationTime: main?.autocorrelationTime ?? Number.NaN,
      unit: 'of the within-window distance',
      threshold: margins.windowDistanceRatio,
      marginLow: 0,
      marginHigh: margins.windowDistanceRatio,
      verdict: finding === 'different' ? 'fail' : finding === 'unresolved' ? 'unknown' : isWarned ? 'warn' : 'pass',
      reason: windowReason(tests, states, adjusted, context),
      summary: summaries[finding],
      assumption: 'Blocks of two autocorrelation times are exchangeable if the law is stationary.',
      details: tests.flatMap((test, i) => [
        { label: `p of equal halves, ${test.name} (Holm)`, value: adjusted[i] ?? Number.NaN, unit: '' },
        { label: `W₁ of halves, ${test.name}`, value: test.effect, unit: 'standard deviations' },
        { label: `W₁ of halves without their means, ${test.name}`, value: test.shape, unit: 'standard deviations' },
        { label: `drifting components, ${test.name}`, value: test.drifts.length, unit: `of ${test.componentCount}` },
      ]),
      charts: matrix ? [matrix] : [],
    }),
  }
}

const summaries: Record<WindowFinding, string> = {
  equal: 'Early and late windows follow one law.',
  different: 'Early and late windows follow different laws.',
  'weights-only': 'The law of the loss is the same in every window; that of the weights is still changing.',
  unresolved: 'There are too few independent blocks to compare windows.',
}

function collectTests(context: SegmentContext): WindowTest[] {
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
  const comparison = compareHalves(context, [values], { time: scalar.autocorrelationTime / stride, seed: context.seed })
  // The drift of the loss has its own diagnostic.
  const isJudged = scalar.kind !== 'loss' && isEstablished(drift)
  const shiftMargin = drift.margin / 2 / standardDeviation(scalar.values)
  return {
    ...comparison,
    name: scalar.name,
    isDeciding,
    shiftMargin,
    drifts: isJudged ? [drift] : [],
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
  const comparison = compareHalves(context, components, {
    time: vector.autocorrelationTime,
    seed: context.seed + vector.name.length,
  })
  const shiftMargin = margins.driftOfFluctuation / 2
  return {
    ...comparison,
    name: vector.name,
    isDeciding,
    shiftMargin,
    drifts: drifts.filter(isEstablished),
    componentCount: components.length,
  }
}

function isEstablished({ finding }: DriftTest): boolean {
  return finding === 'up' || finding === 'down'
}

function compareHalves(
  { margins }: SegmentContext,
  components: readonly Float64Array[],
  { time, seed }: { time: number; seed: number },
): Pick<WindowTest, 'p' | 'effect' | 'shift' | 'shape' | 'blockCount'> {
  const blockLength = Math.max(1, Math.ceil(2 * (Number.isFinite(time) ? time : 1)))
  const blockCount = Math.floor((components[0]?.length ?? 0) / blockLength)
  const stride = Math.ceil(components.length / permutationComponentLimit)
  const tested = components.filter((_, k) => k % stride === 0)
  const isLongEnough = blockCount >= margins.minimumBlockCount
  const p = isLongEnough
    ? blockPermutationTest(tested, blockLength, { permutationCount: margins.permutationCount, seed }).p
    : Number.NaN
  const differences = components.map(halfDifferences)
  const average = (key: 'effect' | 'shift' | 'shape') =>
    mean(Float64Array.from(differences, (difference) => difference[key]))
  return { p, blockCount, effect: average('effect'), shift: average('shift'), shape: average('shape') }
}

function halfDifferences(values: Float64Array): { effect: number; shift: number; shape: number } {
  const middle = values.length >> 1
  const first = values.subarray(0, middle)
  const second = values.subarray(middle)
  const difference = mean(second) - mean(first)
  const scale = standardDeviation(values)
  return {
    effect: wasserstein1(first, second) / scale,
    shift: Math.abs(difference) / scale,
    shape:
      wasserstein1(
        first.map((value) => value + difference),
        second,
      ) / scale,
  }
}

function testState(
  test: WindowTest,
  adjusted: number,
  { margins }: SegmentContext,
): 'equal' | 'different' | 'unresolved' {
  if (test.drifts.length > 0 && test.drifts.length >= margins.driftingComponentShare * test.componentCount)
    return 'different'
  if (Number.isNaN(adjusted)) return 'unresolved'
  const isNegligible = test.shift <= test.shiftMargin && test.shape <= margins.windowDistanceOfSpread
  return adjusted > margins.significance || isNegligible ? 'equal' : 'different'
}

function windowReason(
  tests: readonly WindowTest[],
  states: readonly string[],
  adjusted: readonly number[],
  { margins }: SegmentContext,
): string {
  const index = Math.max(0, states.includes('different') ? states.indexOf('different') : states.indexOf('equal'))
  const test = tests[index]
  if (!test) return 'cannot say: nothing that varies was recorded'
  const drift = test.drifts.toSorted((a, b) => a.p - b.p)[0]
  if (drift && states[index] === 'different')
    return `${driftSubject(test)} by up to ${formatNumber(Math.abs(drift.drift / drift.fluctuation))} standard deviations, ${formatPValue(drift.p)}`
  const p = adjusted[index] ?? Number.NaN
  if (Number.isNaN(p))
    return `cannot say: ${test.blockCount} blocks of ${test.name}, ${margins.minimumBlockCount} are needed`
  return `${test.name}: halves differ by ${formatNumber(test.effect)} standard deviations, ${formatPValue(p, 1 / (1 + margins.permutationCount))}`
}

function driftSubject({ name, drifts, componentCount }: WindowTest): string {
  return componentCount === 1 ? `${name}: drift` : `${name}: ${drifts.length} of ${componentCount} components drift`
}

function matrixOf(context: SegmentContext): DistanceMatrixChart | undefined {
  const scalar =
    context.scalars.find(({ kind, values }) => kind !== 'weight-norm' && !isConstant(values)) ?? context.gating[0]
  return scalar && windowDistanceMatrix(scalar)
}

function offDiagonal(matrix: DistanceMatrixChart): number[] {
  return matrix.ratios.flat().filter((ratio) => !Number.isNaN(ratio))
}

function meanRatio(matrix: DistanceMatrixChart): number {
  return mean(Float64Array.from(offDiagonal(matrix)))
}

/** The 5 % and 95 % quantile over window pairs: a spread, not a confidence interval. */
function ratioRange(matrix: DistanceMatrixChart | undefined): { low: number; high: number; confidence: number } {
  const sorted = matrix ? offDiagonal(matrix).sort((a, b) => a - b) : []
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN
  return { low: at(0.05), high: at(0.95), confidence: 0.9 }
}
