import { formatInterval } from '../../../format/formatEstimate.ts'
import { formatNumber } from '../../../format/formatNumber.ts'
import { autocorrelation } from '../../../statistics/autocovariance.ts'
import { findBursts } from '../../../statistics/bursts.ts'
import { isConstant } from '../../../statistics/moments.ts'
import { recurrence, stepCorrelation } from '../../../statistics/recurrence.ts'
import type { CurveChart, NamedNumber } from '../../results/diagnosticResult.ts'
import { intervalDetails } from '../../results/intervalDetails.ts'
import { samplingOf } from '../../observables/sampling.ts'
import type { SegmentContext } from '../segmentContext.ts'
import { component, lastRows } from '../../observables/seriesRange.ts'

/** What stands beside the spectral line: it is told and drawn, and decides nothing. */
export interface CycleMeasures {
  readonly text: string
  readonly details: readonly NamedNumber[]
  readonly charts: readonly CurveChart[]
}

const fewestRows = 64
const rowLimit = 1024
const componentLimit = 16
const lagLimit = 128
/** Correlation of successive values or steps below which an alternation is told. */
const alternation = -0.5
/** Bursts more even than this come from a cycle; those of a skewed law come at random, with 1. */
const clockwork = 0.5

/**
 * Signs of a cycle that need no spectrum: lag-one autocorrelation of the full loss and correlation of successive steps E⟨Δ_t,Δ_{t+1}⟩/E‖Δ‖² of the weights (an alternation has −1),
 * the smallest recurrence distance of the weights and its lag (zero at the period of a cycle), and bursts of the loss with their mean distance (a burst cycle has many, evenly apart).
 * Of evenly recorded series only; a step is one recorded row.
 */
export function measureCycles(context: SegmentContext): CycleMeasures {
  const parts = [lossAlternation(context), ...weightMeasures(context), lossBursts(context)]
  return {
    text: parts
      .map(({ text }) => text)
      .filter((text) => text !== '')
      .join('; '),
    details: parts.flatMap(({ details }) => details).filter(({ value }) => Number.isFinite(value)),
    charts: parts.flatMap(({ charts }) => charts),
  }
}

const nothing: CycleMeasures = { text: '', details: [], charts: [] }

function fullLoss({ scalars, judged }: SegmentContext) {
  const loss = scalars.find(({ kind }) => kind === 'loss')
  return loss && judged.lossSource !== 'batch' && loss.sampling.isEven && loss.values.length >= fewestRows
    ? loss
    : undefined
}

function lossAlternation(context: SegmentContext): CycleMeasures {
  const loss = fullLoss(context)
  if (!loss || isConstant(loss.values)) return nothing
  const value = autocorrelation(loss.values, 1)[1] ?? Number.NaN
  return {
    text: value < alternation ? `the loss alternates (lag-one autocorrelation ${formatNumber(value)})` : '',
    details: [{ label: 'lag-one autocorrelation of the loss', value, unit: '' }],
    charts: [],
  }
}

/** Of the last recorded rows, one by one: of every second one an alternation would show nothing. */
function weightMeasures({ judged: { vectors } }: SegmentContext): CycleMeasures[] {
  const { weights } = vectors
  if (!weights) return []
  const recent = lastRows(weights, rowLimit)
  const rows = recent.steps.length
  const sampling = samplingOf(recent.steps)
  const stride = Math.ceil(weights.dimension / componentLimit)
  const components = Array.from({ length: Math.ceil(weights.dimension / stride) }, (_, k) =>
    component(recent, k * stride),
  ).filter((values) => !isConstant(values))
  if (!sampling.isEven || rows < fewestRows || components.length === 0) return []
  const steps = stepCorrelation(components)
  const { lags, ratios } = recurrence(components, Math.min(lagLimit, rows >> 2))
  const nearest = ratios.reduce((best, ratio, i) => (ratio < (ratios[best] ?? Number.POSITIVE_INFINITY) ? i : best), 0)
  const period = (lags[nearest] ?? Number.NaN) * sampling.spacing
  return [
    {
      text:
        steps.high < alternation
          ? `successive steps of the weights turn back (${formatInterval(steps.mean, steps.low, steps.high)})`
          : '',
      details: [
        ...intervalDetails('correlation of successive steps of the weights', steps),
        {
          label: 'smallest recurrence distance of the weights',
          value: ratios[nearest] ?? Number.NaN,
          unit: 'of one row',
        },
        { label: 'lag of the smallest recurrence distance of the weights', value: period, unit: 'steps' },
      ],
      charts: [
        {
          kind: 'curve',
          title: 'Recurrence distance of the weights',
          xName: 'lag, steps',
          curves: [
            {
              label: 'weights',
              x: lags.map((lag) => lag * sampling.spacing),
              y: ratios,
              low: [],
              high: [],
              isReference: false,
            },
          ],
          references: [{ axis: 'y', at: 1, label: 'one row' }],
          isLogarithmicX: false,
          isLogarithmicY: false,
        },
      ],
    },
  ]
}

function lossBursts(context: SegmentContext): CycleMeasures {
  const loss = fullLoss(context)
  if (!loss) return nothing
  const { count, period, irregularity } = findBursts(loss.values)
  const inSteps = period * loss.sampling.spacing
  return {
    text:
      irregularity < clockwork
        ? `${count} bursts of the loss, ${formatNumber(inSteps)} steps apart on average (irregularity ${formatNumber(irregularity)})`
        : '',
    details: [
      { label: 'bursts of the loss', value: count, unit: '' },
      { label: 'mean distance between bursts of the loss', value: inSteps, unit: 'steps' },
      { label: 'irregularity of bursts (0 clock, 1 random)', value: irregularity, unit: '' },
    ],
    charts: [],
  }
}
