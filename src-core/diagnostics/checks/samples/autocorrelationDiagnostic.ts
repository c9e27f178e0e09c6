import { formatNumber } from '../../../format/formatNumber.ts'
import { formatPValue } from '../../../format/formatPValue.ts'
import { autocorrelation } from '../../../statistics/autocovariance.ts'
import {
  autocorrelationTimeEstimates,
  type AutocorrelationTimeEstimate,
} from '../../../statistics/autocorrelationTime.ts'
import { compareAutocorrelations, type AutocorrelationComparison } from '../../../statistics/compareAutocorrelations.ts'
import { isConstant } from '../../../statistics/moments.ts'
import { createDiagnosticResult } from '../../results/createDiagnosticResult.ts'
import type {
  CurveChart,
  DiagnosticChart,
  DiagnosticResult,
  ForestChart,
  NamedNumber,
} from '../../results/diagnosticResult.ts'
import { unevenReason } from '../../observables/sampling.ts'
import type { JudgedScalar, SegmentContext } from '../segmentContext.ts'

const curvePointCount = 100
const fewestPoints = 8

interface ComparedSeries {
  readonly series: JudgedScalar
  readonly estimates: readonly AutocorrelationTimeEstimate[]
  /** Undefined with too few blocks. */
  readonly comparison: AutocorrelationComparison | undefined
}

/**
 * Autocorrelation of every judged series with its integrated time τ by three estimators, each with its standard error; the larger of 1, Sokal's and that of
 * batch means is used, Geyer's is too long under momentum and stands beside it. The chart has their intervals, sums over lags none where the autocorrelation oscillates. And whether the autocorrelation stands still: both halves of the judged part
 * must agree within a block-bootstrap band (`compareAutocorrelations`, Bonferroni over the series); `warn` when they do not.
 * Informative: it decides nothing by itself, but every interval rests on τ. `unknown` when nothing varies or the points are unevenly spaced.
 */
export function diagnoseAutocorrelation(context: SegmentContext): DiagnosticResult {
  const varying = [...context.scalars, ...(context.scalars.length === 0 ? context.gating.slice(0, 4) : [])].filter(
    ({ values, autocorrelationTime }) =>
      values.length >= fewestPoints && Number.isFinite(autocorrelationTime) && !isConstant(values),
  )
  const series = varying.filter(({ sampling }) => sampling.isEven)
  const main = series.find(({ name }) => context.gating.some((gate) => gate.name === name)) ?? series[0]
  if (!main) return missingAutocorrelation(context, varying[0])
  const compared = series.map((entry) => ({
    series: entry,
    estimates: autocorrelationTimeEstimates(entry.values),
    comparison: compareHalves(context, entry),
  }))
  const halves = judgeHalves(compared, context.margins.significance)
  return createDiagnosticResult({
    ...fixedFields,
    assumption: assumptionFor(context),
    estimate: main.autocorrelationTime,
    sampleSize: main.values.length,
    effectiveSampleSize: main.effectiveSampleSize,
    autocorrelationTime: main.autocorrelationTime,
    unit: 'points',
    verdict: halves.isChanged ? 'warn' : 'pass',
    reason: `τ of ${main.name} is ${formatNumber(main.autocorrelationTime)} points; ${halves.text}`,
    summary: halves.isChanged
      ? 'How long each observable remembers, and this changes during the segment.'
      : 'How long each observable remembers.',
    details: compared.flatMap(seriesDetails),
    charts: chartsOf(main, series, compared),
  })
}

const fixedFields = { id: 'autocorrelation', title: 'Autocorrelation', symbol: 'τ' } as const

function assumptionFor({ range }: SegmentContext): string {
  const spacing = 'Even spacing of the recorded points, and a stationary judged part.'
  return (range.hyperparameters.momentum ?? 0) > 0
    ? `${spacing} Momentum makes the autocorrelation oscillate: Geyer's τ is then up to several times too long and is not used.`
    : spacing
}

function missingAutocorrelation({ gating }: SegmentContext, uneven: JudgedScalar | undefined): DiagnosticResult {
  const count = Math.max(0, ...gating.map(({ values }) => values.length))
  return createDiagnosticResult({
    ...fixedFields,
    sampleSize: count,
    verdict: 'unknown',
    reason: uneven
      ? unevenReason(uneven.name, uneven.sampling)
      : count < fewestPoints
        ? `${count} judged points, ${fewestPoints} are needed`
        : 'nothing varies',
    summary: uneven ? 'A lag has no fixed length.' : 'No observable varies.',
    assumption: 'Even spacing of the recorded points.',
  })
}

function compareHalves({ seed, margins }: SegmentContext, { values, autocorrelationTime }: JudgedScalar) {
  return compareAutocorrelations(values, autocorrelationTime, { seed, fewestBlocks: margins.minimumBlockCount })
}

function judgeHalves(
  compared: readonly ComparedSeries[],
  significance: number,
): { readonly isChanged: boolean; readonly text: string } {
  const tested = compared.flatMap(({ series, comparison }) => (comparison ? [{ name: series.name, comparison }] : []))
  const clearest = tested.toSorted((a, b) => a.comparison.p - b.comparison.p)[0]
  if (!clearest) return { isChanged: false, text: 'too few blocks to compare its halves' }
  const p = Math.min(1, clearest.comparison.p * tested.length)
  const isChanged = p < significance
  const pText = formatPValue(p)
  return {
    isChanged,
    text: isChanged
      ? `the autocorrelation of ${clearest.name} differs between the halves, ${pText}`
      : `its halves agree, smallest ${pText}`,
  }
}

function seriesDetails({ series: { name }, estimates, comparison }: ComparedSeries): NamedNumber[] {
  const times = estimates.flatMap((estimate) => [
    { label: `${labelOf(estimate.name)} τ of ${name}`, value: estimate.time, unit: 'points' },
    {
      label: `standard error of ${labelOf(estimate.name)} τ of ${name}`,
      value: estimate.time * estimate.relativeError,
      unit: 'points',
    },
  ])
  return [
    ...times,
    { label: `p of equal autocorrelation in both halves, ${name}`, value: comparison?.p ?? Number.NaN, unit: '' },
    {
      label: `largest difference of the halves, ${name}`,
      value: comparison?.largest ?? Number.NaN,
      unit: 'standard deviations',
    },
  ]
}

const labelOf = (name: string): string => (name === 'batch means' ? 'Batch-means' : name)

function chartsOf(
  main: JudgedScalar,
  series: readonly JudgedScalar[],
  compared: readonly ComparedSeries[],
): DiagnosticChart[] {
  const halves = compared.find(({ series: entry, comparison }) => entry === main && comparison)?.comparison
  return [
    {
      kind: 'lag',
      curves: series.map(curve),
      reference: 1.96 / Math.sqrt(main.values.length),
      logarithmic: false,
    },
    ...(halves ? [halvesChart(main, halves)] : []),
    estimatorChart(compared),
  ]
}

function curve({ name, sampling, values, autocorrelationTime }: JudgedScalar) {
  const reach = Math.min(values.length - 1, Math.max(20, Math.ceil(8 * autocorrelationTime)))
  const stride = Math.max(1, Math.ceil(reach / curvePointCount))
  const rho = autocorrelation(values, reach)
  const lags = Array.from({ length: Math.floor(reach / stride) + 1 }, (_, i) => i * stride)
  return {
    label: name,
    lags: lags.map((lag) => lag * sampling.spacing),
    values: lags.map((lag) => rho[lag] ?? Number.NaN),
    parameter: autocorrelationTime * sampling.spacing,
  }
}

/** ρ of both halves over the band in which that of half a stationary record lies. */
function halvesChart({ name, sampling }: JudgedScalar, comparison: AutocorrelationComparison): CurveChart {
  const x = comparison.lags.map((lag) => lag * sampling.spacing)
  const plain = { low: [], high: [], isReference: false }
  const at = (sign: number) =>
    comparison.whole.map((value, i) => value + sign * (comparison.halfWidths[i] ?? Number.NaN))
  return {
    kind: 'curve',
    title: `Autocorrelation of ${name} in both halves`,
    xName: 'lag, steps',
    curves: [
      { ...plain, label: 'first half', x, y: comparison.first },
      { ...plain, label: 'second half', x, y: comparison.second },
      { label: 'both, 95 % band', x, y: comparison.whole, low: at(-1), high: at(1), isReference: true },
    ],
    references: [],
    isLogarithmicX: false,
    isLogarithmicY: false,
  }
}

/** τ in steps by each estimator; Geyer's for comparison only. */
function estimatorChart(compared: readonly ComparedSeries[]): ForestChart {
  return {
    kind: 'forest',
    title: 'Estimates of the autocorrelation time',
    xName: 'τ, steps',
    rows: compared.slice(0, 3).flatMap(({ series: { name, sampling }, estimates }) =>
      estimates.map((estimate) => {
        const time = estimate.time * sampling.spacing
        return {
          label: `${name}, ${estimate.name}`,
          estimate: time,
          low: estimate.low * sampling.spacing,
          high: estimate.high * sampling.spacing,
          isReference: estimate.name === 'Geyer',
        }
      }),
    ),
    marginLow: Number.NaN,
    marginHigh: Number.NaN,
  }
}
