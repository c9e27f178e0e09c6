import { formatNumber } from '../../../format/formatNumber.ts'
import { windowMeanChange } from '../../../statistics/windowMeanChange.ts'
import { createDiagnosticResult } from '../../results/createDiagnosticResult.ts'
import type { DiagnosticResult, ForestChart } from '../../results/diagnosticResult.ts'
import { intervalDetails } from '../../results/intervalDetails.ts'
import type { SegmentContext } from '../segmentContext.ts'
import { testFunctions, type TestFunction } from './testFunctions.ts'

/** Rows of the chart: the functions whose windows differ most. */
const shownRows = 10

/**
 * The theorem of Zhang et al. (2022) as a meter: for a bounded test function φ, the time-averaged law of T steps is invariant up to
 * Δ_T = |φ(θ_T) − φ(θ_0)|/T ≤ osc(φ)/T. The estimate is max over a library of test functions of Δ_T/osc(φ); it cannot exceed 1/T.
 * It holds for every bounded run, a limit cycle included: information, never evidence of a stationary law. What can tell something stands beside it: the largest difference of the means
 * of neighbouring windows, in standard deviations, with its interval.
 */
export function diagnoseTheoremBound(context: SegmentContext): DiagnosticResult {
  const measured = testFunctions(context).map((phi) => ({
    ...phi,
    level: changeOverRange(phi) / phi.span,
    change: windowMeanChange(phi.values),
  }))
  const steps = Math.max(...measured.map(({ span }) => span), 0)
  const largest = Math.max(...measured.map(({ level }) => level), Number.NEGATIVE_INFINITY)
  const isKnown = measured.length > 0
  const moved = measured
    .filter(({ change }) => Number.isFinite(change.mean))
    .toSorted((a, b) => b.change.mean - a.change.mean)
  const first = moved[0]
  return createDiagnosticResult({
    id: 'theorem-bound',
    title: 'Time-average bound',
    symbol: 'ε(T)',
    estimate: isKnown ? largest : Number.NaN,
    sampleSize: Math.max(0, ...measured.map(({ values }) => values.length)),
    unit: 'of the range per step',
    threshold: isKnown ? 1 / steps : Number.NaN,
    verdict: isKnown ? 'pass' : 'unknown',
    reason: isKnown
      ? `${formatNumber(largest)} of the range per step over ${measured.length} test function${measured.length === 1 ? '' : 's'}, bound 1/T = ${formatNumber(1 / steps)}${first ? `; the means of neighbouring windows differ most for ${first.name}, by ${formatNumber(first.change.mean)} standard deviations` : ''}`
      : 'cannot say: nothing that varies was recorded; needs a loss, a gradient norm, weights or function outputs',
    summary: 'The time-averaged law is nearly invariant, as it is for every bounded run.',
    assumption: 'Holds for any bounded run, also for a limit cycle: it is no evidence of a stationary law.',
    details: [
      ...measured.map(({ name, level }) => ({ label: name, value: level, unit: 'of the range per step' })),
      ...moved.flatMap(({ name, change }) =>
        intervalDetails(`largest change of window means, ${name}`, change, 'standard deviations'),
      ),
    ],
    charts: moved.length > 0 ? [changeChart(moved.slice(0, shownRows))] : [],
  })
}

function changeChart(
  moved: readonly { readonly name: string; readonly change: ReturnType<typeof windowMeanChange> }[],
): ForestChart {
  return {
    kind: 'forest',
    title: 'Means of neighbouring windows',
    xName: 'largest difference, in standard deviations',
    rows: moved.map(({ name, change }) => ({
      label: name,
      estimate: change.mean,
      low: change.low,
      high: change.high,
      isReference: false,
    })),
    marginLow: Number.NaN,
    marginHigh: Number.NaN,
  }
}

function changeOverRange({ values }: TestFunction): number {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  return Math.abs((values.at(-1) ?? Number.NaN) - (values[0] ?? Number.NaN)) / (high - low)
}
