import { formatNumber } from '../format/formatNumber.ts'
import { isConstant } from '../statistics/moments.ts'
import { createDiagnosticResult } from './createDiagnosticResult.ts'
import type { DiagnosticResult } from './diagnosticResult.ts'
import type { JudgedScalar, SegmentContext } from './segmentContext.ts'

/**
 * The theorem of Zhang et al. (2022) as a meter: for a bounded test function φ, the time-averaged law of T steps is invariant up to
 * Δ_T = |φ(θ_T) − φ(θ_0)|/T ≤ osc(φ)/T. The estimate is max over the recorded observables of Δ_T/osc(φ); it cannot exceed 1/T.
 * It holds for every bounded run, a limit cycle included: information, never evidence of a stationary law.
 */
export function diagnoseTheoremBound(context: SegmentContext): DiagnosticResult {
  const observables = context.scalars.filter(({ values }) => values.length > 1 && !isConstant(values))
  const levels = observables.map((observable) => ({
    name: observable.name,
    level: changeOverRange(observable) / span(observable),
  }))
  const steps = Math.max(...observables.map(span), 0)
  const largest = Math.max(...levels.map(({ level }) => level), Number.NEGATIVE_INFINITY)
  const isKnown = levels.length > 0
  return createDiagnosticResult({
    id: 'theorem-bound',
    title: 'Time-average bound',
    symbol: 'ε(T)',
    estimate: isKnown ? largest : Number.NaN,
    sampleSize: Math.max(0, ...observables.map(({ values }) => values.length)),
    unit: 'of the range per step',
    threshold: isKnown ? 1 / steps : Number.NaN,
    verdict: isKnown ? 'pass' : 'unknown',
    reason: isKnown
      ? `${formatNumber(largest)} of the range per step, bound 1/T = ${formatNumber(1 / steps)}`
      : 'cannot say: nothing that varies was recorded',
    summary: 'The time-averaged law is nearly invariant, as it is for every bounded run.',
    assumption: 'Holds for any bounded run, also for a limit cycle: it is no evidence of a stationary law.',
    details: levels.map(({ name, level }) => ({ label: name, value: level, unit: 'of the range per step' })),
  })
}

function changeOverRange({ values }: JudgedScalar): number {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  return Math.abs((values.at(-1) ?? Number.NaN) - (values[0] ?? Number.NaN)) / (high - low)
}

function span({ steps }: JudgedScalar): number {
  return (steps.at(-1) ?? Number.NaN) - (steps[0] ?? Number.NaN)
}
