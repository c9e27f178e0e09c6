import type { DiagnosticChart, DiagnosticId, DiagnosticResult } from '#core/diagnostics/diagnosticResult.ts'
import type { SegmentDiagnosis } from '#core/diagnostics/verdictTypes.ts'

export interface ChartedDiagnostic {
  readonly result: DiagnosticResult
  readonly chart: DiagnosticChart
  /** Of the element that shows it; the first chart of a diagnostic has the diagnostic's own, where the links of the chain lead. */
  readonly elementId: string
}

/** The diagnostics of a segment by how they can be shown. */
export interface DiagnosticPanels {
  readonly charted: readonly ChartedDiagnostic[]
  /** Judged, yet without a chart: their numbers are shown. */
  readonly numbers: readonly DiagnosticResult[]
  /** What could not be judged, and why. */
  readonly unknown: readonly DiagnosticResult[]
}

/** Order of the page: what the verdict rests on first. */
const order: readonly DiagnosticId[] = [
  'stationarity-gap',
  'loss-stabilisation',
  'window-distance',
  'balance',
  'noise-scale',
  'autocorrelation',
  'displacement',
  'sharpness',
  'spectral-density',
  'limit-cycle',
  'sample-size',
  'fluctuation-dissipation',
  'stationarity-tests',
  'pflug',
  'norm-equilibrium',
  'tail-index',
  'time-reversal',
  'self-calibration',
  'theorem-bound',
  'divergence',
]

const isDrawable = (chart: DiagnosticChart): boolean => {
  if (chart.kind === 'distance-matrix') return chart.ratios.some((row) => row.some(Number.isFinite))
  if (chart.kind === 'curve') return chart.curves.some(({ y }) => y.some(Number.isFinite))
  if (chart.kind === 'trend' || chart.kind === 'threshold') return chart.values.some(Number.isFinite)
  return true
}

export function inPageOrder(results: readonly DiagnosticResult[]): DiagnosticResult[] {
  const place = ({ id }: DiagnosticResult): number => (order.includes(id) ? order.indexOf(id) : order.length)
  return [...results].sort((a, b) => place(a) - place(b))
}

export function diagnosticPanels({ diagnostics }: Pick<SegmentDiagnosis, 'diagnostics'>): DiagnosticPanels {
  const results = inPageOrder(diagnostics)
  const charted = results.flatMap((result) => {
    const charts = result.charts.filter(isDrawable)
    return charts.map((chart, i) => ({
      result,
      chart,
      elementId: i === 0 ? elementId(result.id) : `${elementId(result.id)}-${i + 1}`,
    }))
  })
  const others = results.filter((result) => !charted.some((panel) => panel.result === result))
  return {
    charted,
    numbers: others.filter(({ verdict }) => verdict !== 'unknown'),
    unknown: others.filter(({ verdict }) => verdict === 'unknown'),
  }
}

/** What the chain of evidence leads to: a diagnostic of the run, or the comparison of the seeds. */
export type EvidenceId = DiagnosticId | 'seeds'

/** Id of the element that shows a diagnostic on the page: where the links of the chain lead. */
export function elementId(id: EvidenceId): string {
  return `diagnostic-${id}`
}

/** Whether the other seeds stand in the same chart: batch means, displacement, and a forest whose rows are runs, not terms. */
export function hasSeeds({ id }: Pick<DiagnosticResult, 'id'>, chart: DiagnosticChart, runName: string): boolean {
  if (chart.kind === 'forest') return chart.rows.some(({ label }) => label === runName)
  return chart.kind === 'trend' || (chart.kind === 'lag' && id === 'displacement')
}
