import tCdf from '@stdlib/stats-base-dists-t-cdf'
import { formatInterval } from '../../../format/formatEstimate.ts'
import { formatPValue } from '../../../format/formatPValue.ts'
import { batchMeansInterval } from '../../../statistics/batchMeans.ts'
import { isConstant } from '../../../statistics/moments.ts'
import { principalPlane } from '../../../statistics/principalPlane.ts'
import { asymmetryTerms, rotationTerms } from '../../../statistics/timeAsymmetry.ts'
import { createDiagnosticResult } from '../../results/createDiagnosticResult.ts'
import type { DiagnosticResult, ForestChart } from '../../results/diagnosticResult.ts'
import { unevenReason } from '../../observables/sampling.ts'
import type { SegmentContext } from '../segmentContext.ts'

const fewestPoints = 200

interface Asymmetry {
  readonly name: string
  readonly sampleSize: number
  readonly estimate: number
  readonly low: number
  readonly high: number
  readonly p: number
}

/**
 * Does the run look the same backwards in time? A law can be stationary and still carry probability currents (Chaudhari & Soatto 2018): rotation in the plane
 * of largest variance of weights and function outputs, at a lag of one recorded row, and third-order asymmetry of loss and ‖∇f‖² at half their autocorrelation time.
 * 95 % intervals from 20 batch means; p by t with 19 degrees of freedom, Bonferroni-corrected over all. Informs only: currents are not evidence against a stationary law.
 */
export function diagnoseTimeReversal(context: SegmentContext): DiagnosticResult {
  const measured = [...rotations(context), ...asymmetries(context)]
  const clearest = measured.toSorted((a, b) => a.p - b.p)[0]
  if (!clearest) return missingReversal(context)
  const adjusted = Math.min(1, clearest.p * measured.length)
  const isIrreversible = adjusted < context.margins.significance
  return createDiagnosticResult({
    ...fixedFields,
    estimate: clearest.estimate,
    low: clearest.low,
    high: clearest.high,
    sampleSize: clearest.sampleSize,
    threshold: 0,
    verdict: 'pass',
    reason: `${clearest.name} ${formatInterval(clearest.estimate, clearest.low, clearest.high)}, ${formatPValue(adjusted)} of none`,
    summary: isIrreversible
      ? 'The run is not the same backwards: probability flows in a circle, or something drifts.'
      : 'No direction of time shows in the run.',
    details: measured.flatMap(({ name, estimate, p }) => [
      { label: name, value: estimate, unit: '' },
      { label: `p of none, ${name}`, value: Math.min(1, p * measured.length), unit: '' },
    ]),
    charts: [currentsChart(measured)],
  })
}

function currentsChart(measured: readonly Asymmetry[]): ForestChart {
  return {
    kind: 'forest',
    title: 'Probability currents',
    xName: 'asymmetry in time, zero for a reversible run',
    rows: measured.map(({ name, estimate, low, high }) => ({ label: name, estimate, low, high, isReference: false })),
    marginLow: Number.NaN,
    marginHigh: Number.NaN,
  }
}

const fixedFields = {
  id: 'time-reversal',
  title: 'Probability currents',
  symbol: 'asymmetry',
  assumption: 'A stationary judged part; a drift is asymmetric too. Even spacing of the recorded points.',
} as const

function missingReversal({ scalars, vectors }: SegmentContext): DiagnosticResult {
  const uneven = [...vectors, ...scalars].find(({ sampling }) => !sampling.isEven)
  return createDiagnosticResult({
    ...fixedFields,
    verdict: 'unknown',
    reason: uneven
      ? unevenReason(uneven.name, uneven.sampling)
      : `cannot say: needs ${fewestPoints} points of a loss, gradient norm, or at least two weights that vary`,
    summary: 'Too little was recorded to tell the directions of time apart.',
  })
}

function rotations({ vectors }: SegmentContext): Asymmetry[] {
  return vectors.flatMap(({ name, components, sampling }) => {
    const varying = components.filter(
      (values) => sampling.isEven && values.length >= fewestPoints && !isConstant(values),
    )
    const plane = varying.length < 2 ? undefined : principalPlane(varying)
    return plane ? measure(`rotation of ${name}`, rotationTerms(...plane, 1)) : []
  })
}

function asymmetries({ scalars }: SegmentContext): Asymmetry[] {
  return scalars
    .filter(
      ({ kind, values, sampling }) =>
        kind !== 'weight-norm' && sampling.isEven && values.length >= fewestPoints && !isConstant(values),
    )
    .flatMap(({ name, values, autocorrelationTime }) => {
      const lag = Math.max(1, Math.round(autocorrelationTime / 2))
      return lag > values.length / 10 ? [] : measure(`asymmetry of ${name}`, asymmetryTerms(values, lag))
    })
}

function measure(name: string, terms: Float64Array): Asymmetry[] {
  const { mean: estimate, standardError, low, high, batchCount } = batchMeansInterval(terms)
  const t = Math.abs(estimate) / standardError
  if (!Number.isFinite(t)) return []
  return [{ name, sampleSize: terms.length, estimate, low, high, p: 2 * tCdf(-t, batchCount - 1) }]
}
