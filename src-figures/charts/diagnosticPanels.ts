import type {
  CheckState,
  DiagnosticChart,
  DiagnosticId,
  DiagnosticResult,
} from '#core/diagnostics/results/diagnosticResult.ts'
import { linkState } from '#core/diagnostics/verdict/linkState.ts'
import type { SegmentDiagnosis, VerdictId } from '#core/diagnostics/verdict/verdictTypes.ts'

export interface ChartedDiagnostic {
  readonly result: DiagnosticResult
  readonly chart: DiagnosticChart
  /** Of the element that shows it; the first chart of a diagnostic has the diagnostic's own, where the links of the chain lead. */
  readonly elementId: string
}

/** A diagnostic below the evidence: its charts, or its numbers where it has none. */
export interface DiagnosticGroup {
  readonly result: DiagnosticResult
  /** As a link of the chain, where it is one: a cycle fails as a test, and supports the verdict of one. */
  readonly state: CheckState
  readonly charts: readonly ChartedDiagnostic[]
  /** Of its heading. */
  readonly elementId: string
}

/** The diagnostics of a segment by what they are to its verdict. */
export interface DiagnosticPanels {
  /** One chart of every link of the chain that has any: what the verdict rests on. */
  readonly evidence: readonly ChartedDiagnostic[]
  /** Further charts of those links, and links that have numbers only. */
  readonly detail: readonly DiagnosticGroup[]
  /** Diagnostics that inform, and do not decide. */
  readonly informing: readonly DiagnosticGroup[]
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

export function diagnosticPanels({
  diagnostics,
  verdict,
}: Pick<SegmentDiagnosis, 'diagnostics' | 'verdict'>): DiagnosticPanels {
  const links = new Set(verdict.evidence.map(({ diagnosticId }) => diagnosticId))
  const results = decidingFirst(inPageOrder(diagnostics), verdict.id)
  const charted = results.map((result) => ({ result, isLink: links.has(result.id), charts: chartsOf(result) }))
  const shown = charted.filter(({ result, charts }) => charts.length > 0 || result.verdict !== 'unknown')
  const groups = shown.flatMap(({ result, isLink, charts }) => {
    const [first, ...further] = charts
    const own = elementId(result.id)
    const state = linkState(result, verdict)
    if (!isLink || first === undefined) return [{ isLink, group: { result, state, charts, elementId: own } }]
    return further.length > 0 ? [{ isLink, group: { result, state, charts: further, elementId: `${own}-more` } }] : []
  })
  return {
    evidence: shown.flatMap(({ isLink, charts: [first] }) => (isLink && first ? [first] : [])),
    detail: groups.flatMap(({ isLink, group }) => (isLink ? [group] : [])),
    informing: groups.flatMap(({ isLink, group }) => (isLink ? [] : [group])),
    unknown: charted.flatMap((one) => (shown.includes(one) ? [] : [one.result])),
  }
}

/** A cycle is what such a verdict is about. */
function decidingFirst(results: DiagnosticResult[], verdictId: VerdictId): DiagnosticResult[] {
  const isDeciding = ({ id }: DiagnosticResult): boolean => verdictId === 'limit-cycle' && id === 'limit-cycle'
  return results.toSorted((a, b) => Number(isDeciding(b)) - Number(isDeciding(a)))
}

function chartsOf(result: DiagnosticResult): ChartedDiagnostic[] {
  return result.charts.filter(isDrawable).map((chart, i) => ({
    result,
    chart,
    elementId: i === 0 ? elementId(result.id) : `${elementId(result.id)}-${i + 1}`,
  }))
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
