import { joinNames } from '../../../format/joinNames.ts'
import { formatNumber } from '../../../format/formatNumber.ts'
import { holmAdjusted } from '../../../statistics/holm.ts'
import { isConstant, mean, quantileOfSorted } from '../../../statistics/moments.ts'
import { createDiagnosticResult } from '../../results/createDiagnosticResult.ts'
import { distanceCharts } from './distanceCharts.ts'
import type { DiagnosticResult, DistanceMatrixChart, NamedNumber } from '../../results/diagnosticResult.ts'
import { distanceDetails, observableDistances } from './observableDistances.ts'
import type { SegmentContext } from '../segmentContext.ts'
import { windowDistanceMatrix } from './windowDistanceMatrix.ts'
import { decidingP, nothingVaries, windowReason, type JudgedWindowTest } from './windowReason.ts'
import { collectWindowTests, windowTestState } from './windowTests.ts'

/** `equal`: no window differs. `different`: a law of the verdict changes. `weights-only`: only the weights or their norm still move. */
export type WindowFinding = 'equal' | 'different' | 'weights-only' | 'unresolved'

/**
 * Is the law the same in every window? For loss, ‖∇f‖², ‖θ‖², weights and function outputs: W1 between the halves of the judged part with a
 * block-permutation p (`permuteHalves`: 20 blocks of at least 2τ), Holm-corrected over the observables, and a drift test with equivalence margin for each scalar, the loss among them.
 * A difference counts when it is significant and not negligible: the means of the halves differ by more than half of the drift that counts as none,
 * or the laws around them by more than a share of a standard deviation. A vector drifts when a quarter of its components do. Weights of a run whose loss is known only weaken the verdict:
 * they may move along flat or symmetric directions while the law of every function of the network is stationary.
 */
export function diagnoseWindowDistance(context: SegmentContext): { finding: WindowFinding; result: DiagnosticResult } {
  const { margins } = context
  const tests = judgeTests(context)
  const isDifferent = (deciding: boolean) =>
    tests.some(({ isDeciding, state }) => isDeciding === deciding && state === 'different')
  const isKnown = tests.some(({ isDeciding, state }) => isDeciding && state !== 'unresolved')
  const matrix = matrixOf(context)
  const ratio = matrix ? meanRatio(matrix) : Number.NaN
  const finding: WindowFinding = isDifferent(true)
    ? 'different'
    : !isKnown
      ? 'unresolved'
      : isDifferent(false)
        ? 'weights-only'
        : 'equal'
  const isPartial = tests.some(
    ({ isDeciding, state, drifts }) => isDeciding && (state === 'unresolved' || drifts.length > 0),
  )
  const isWarned =
    finding === 'weights-only' || (finding === 'equal' && (isPartial || ratio > margins.windowDistanceRatio))
  const main = context.gating[0]
  const distances = observableDistances(context)
  const reason = windowReason(tests, margins)
  return {
    finding,
    result: createDiagnosticResult({
      id: 'window-distance',
      title: 'Window distances',
      symbol: 'W₁ ratio',
      estimate: ratio,
      sampleSize: main?.values.length ?? 0,
      effectiveSampleSize: main?.effectiveSampleSize ?? Number.NaN,
      autocorrelationTime: main?.autocorrelationTime ?? Number.NaN,
      unit: 'of the within-window distance',
      threshold: margins.windowDistanceRatio,
      marginLow: 0,
      marginHigh: margins.windowDistanceRatio,
      verdict: finding === 'different' ? 'fail' : finding === 'unresolved' ? 'unknown' : isWarned ? 'warn' : 'pass',
      reason,
      summary:
        reason === nothingVaries
          ? 'Nothing that varies was recorded: there are no windows to compare.'
          : summaryOf(finding, tests),
      assumption: 'Blocks of two autocorrelation times are exchangeable if the law is stationary.',
      details: decidingP(tests)
        .concat(
          tests.flatMap((test) => [
            { label: `p of equal halves, ${test.name} (Holm)`, value: test.adjusted, unit: '' },
            { label: `W₁ of halves, ${test.name}`, value: test.effect, unit: 'standard deviations' },
            { label: `W₁ of halves without their means, ${test.name}`, value: test.shape, unit: 'standard deviations' },
            {
              label: `drifting components, ${test.name}`,
              value: test.drifts.length,
              unit: `of ${test.componentCount}`,
            },
          ]),
        )
        .concat(distanceDetails(distances), spreadDetails(matrix)),
      charts: [...(matrix ? [matrix] : []), ...distanceCharts(context, distances)],
    }),
  }
}

/** Of what was compared, by name where something was not. */
function summaryOf(finding: WindowFinding, tests: readonly JudgedWindowTest[]): string {
  const equal = namesOf(tests, (test) => test.isDeciding && test.state === 'equal')
  const missing = namesOf(tests, ({ state }) => state === 'unresolved')
  const limits = missing === '' ? '' : `; ${missing} could not be compared`
  switch (finding) {
    case 'equal':
      return missing === ''
        ? 'Early and late windows follow one law.'
        : `Early and late windows follow one law of ${equal}${limits}.`
    case 'weights-only':
      return `The law of ${equal} is the same in every window; that of the weights is still changing${limits}.`
    case 'different':
      return 'Early and late windows follow different laws.'
    case 'unresolved':
      return 'There are too few independent blocks to compare windows.'
  }
}

/** `loss, ‖∇f‖² and ‖θ‖²`. */
function namesOf(tests: readonly JudgedWindowTest[], isMeant: (test: JudgedWindowTest) => boolean): string {
  return joinNames(tests.filter(isMeant).map(({ name }) => name))
}

function judgeTests(context: SegmentContext): JudgedWindowTest[] {
  const tests = collectWindowTests(context)
  const adjusted = holmAdjusted(tests.map(({ p }) => p))
  return tests.map((test, i) => {
    const p = adjusted[i] ?? Number.NaN
    return { ...test, adjusted: p, state: windowTestState(test, p, context) }
  })
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

/** The 5 % and 95 % quantile of the ratio over window pairs: a spread, not a confidence interval. */
function spreadDetails(matrix: DistanceMatrixChart | undefined): NamedNumber[] {
  if (!matrix) return []
  const sorted = Float64Array.from(offDiagonal(matrix)).sort()
  return [0.05, 0.95].map((share) => ({
    label: `W₁ ratio that ${formatNumber(100 * share)} % of the window pairs stay below`,
    value: quantileOfSorted(sorted, share),
    unit: 'of the within-window distance',
  }))
}
