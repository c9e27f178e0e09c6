import { diagnoseBalance } from '#core/diagnostics/checks/equilibrium/balance.ts'
import type { DiagnosticResult } from '#core/diagnostics/results/diagnosticResult.ts'
import { diagnoseDisplacement } from '#core/diagnostics/checks/motion/displacement.ts'
import { diagnoseFluctuationDissipation } from '#core/diagnostics/checks/equilibrium/fluctuationDissipation.ts'
import { diagnoseLimitCycle } from '#core/diagnostics/checks/motion/limitCycle.ts'
import { diagnoseLossStabilisation } from '#core/diagnostics/checks/loss/lossStabilisation.ts'
import { diagnoseNoiseScale } from '#core/diagnostics/checks/gradient/noiseScale.ts'
import { diagnoseNormEquilibrium } from '#core/diagnostics/checks/equilibrium/normEquilibrium.ts'
import { diagnosePflug } from '#core/diagnostics/checks/gradient/pflug.ts'
import type { SegmentContext } from '#core/diagnostics/checks/segmentContext.ts'
import { diagnoseSharpness } from '#core/diagnostics/checks/curvature/sharpness.ts'
import { diagnoseStationarityGap } from '#core/diagnostics/checks/gradient/stationarityGap.ts'
import { diagnoseTheoremBound } from '#core/diagnostics/checks/gradient/theoremBound.ts'
import { diagnoseTimeReversal } from '#core/diagnostics/checks/motion/timeReversal.ts'

interface Interval {
  readonly low: number
  readonly high: number
}

/** The intervals that one diagnostic shows, read from its result as a reader sees them. */
export interface ShownIntervals {
  readonly diagnose: (context: SegmentContext) => DiagnosticResult
  readonly intervals: Readonly<Record<string, (result: DiagnosticResult) => Interval>>
}

const main = ({ low, high }: DiagnosticResult): Interval => ({ low, high })

/** The interval of a number beside the result, by the beginning of its label. */
const beside = (label: string) => (result: DiagnosticResult) => {
  const end = (name: 'low' | 'high') =>
    result.details.find((detail) => detail.label.startsWith(label) && detail.label.endsWith(`, ${name}`))?.value ??
    Number.NaN
  return { low: end('low'), high: end('high') }
}

/** A row of the chart with such a name. */
const row = (label: string) => (result: DiagnosticResult) => {
  const rows = result.charts.flatMap((chart) => (chart.kind === 'forest' ? chart.rows : []))
  const found = rows.find((one) => one.label.startsWith(label))
  return { low: found?.low ?? Number.NaN, high: found?.high ?? Number.NaN }
}

/** The band of the first curve that has one, at its first or last place. */
const band = (place: 0 | -1) => (result: DiagnosticResult) => {
  const curves = result.charts.flatMap((chart) => (chart.kind === 'curve' ? chart.curves : []))
  const found = curves.find(({ low }) => low.length > 0)
  return { low: found?.low.at(place) ?? Number.NaN, high: found?.high.at(place) ?? Number.NaN }
}

export const shownIntervals: readonly ShownIntervals[] = [
  {
    diagnose: (context) => diagnoseStationarityGap(context).result,
    intervals: { gap: main, 'scale-free gap': beside('scale-free') },
  },
  {
    diagnose: diagnoseNoiseScale,
    intervals: {
      'noise scale': main,
      'noise trace': beside('noise trace'),
      'signal to noise': beside('signal to noise'),
      'signal share': beside('signal share'),
    },
  },
  {
    diagnose: (context) => diagnoseBalance(context).result,
    intervals: {
      'descent per step': beside('descent per step'),
      'curvature term per step': beside('curvature term'),
      'sum of both terms per step': beside('sum of both terms'),
      'balance from probes': beside('from probes: net,'),
      'balance from probes over the gap': beside('from probes: net over'),
    },
  },
  {
    diagnose: (context) => diagnoseLossStabilisation(context).result,
    intervals: { 'change of the loss per step': beside('mean change per step') },
  },
  {
    diagnose: diagnoseSharpness,
    intervals: {
      sharpness: beside('mean sharpness,'),
      'directional sharpness': beside('directional sharpness,'),
      'batch sharpness': beside('batch sharpness,'),
    },
  },
  {
    diagnose: (context) => diagnoseDisplacement(context).result,
    intervals: {
      'displacement exponent': main,
      'displacement at the first lag': band(0),
      'displacement at n/10': band(-1),
    },
  },
  {
    diagnose: diagnoseFluctuationDissipation,
    intervals: { SASA: beside('SASA:'), 'SASA+': beside('SASA+:'), 'second relation': beside('second relation') },
  },
  { diagnose: diagnosePflug, intervals: { Pflug: main, 'Pflug, cosine': beside('mean cosine') } },
  {
    diagnose: diagnoseTheoremBound,
    intervals: { 'change of window means': beside('largest change of window means, loss') },
  },
  {
    diagnose: (context) => diagnoseLimitCycle(context).result,
    intervals: { 'correlation of successive steps': beside('correlation of successive steps') },
  },
  {
    diagnose: diagnoseNormEquilibrium,
    intervals: { 'norm equilibrium': main, 'growth of the norm over its prediction': main },
  },
  { diagnose: diagnoseTimeReversal, intervals: { rotation: row('rotation'), asymmetry: row('asymmetry') } },
]
