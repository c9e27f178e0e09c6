import type { DiagnosticChart } from '#core/diagnostics/results/diagnosticResult.ts'
import type { SegmentDiagnosis } from '#core/diagnostics/verdict/verdictTypes.ts'
import type { ColorToken } from '../plot/chartTheme.ts'
import type { PlotLine } from '../plot/plotLine.ts'
import { findResult } from '../text/shownSegment.ts'
import type { ChartContext, CompanionChart } from './chartContext.ts'
import { hasSeeds, type ChartedDiagnostic } from './diagnosticPanels.ts'

/** A segment of another seed, with its colour. */
export interface Companion {
  readonly runName: string
  readonly color: ColorToken
  readonly segment: SegmentDiagnosis
}

/** The run and the segment that charts are drawn of. */
export interface ShownSegment {
  readonly runName: string
  readonly color: ColorToken
  readonly segment: SegmentDiagnosis
  readonly companions: readonly Companion[]
  /** The recorded points behind the stationarity gap; null where there are none. */
  readonly raw: PlotLine | null
}

/** What one chart needs of the segment it belongs to: the other seeds only where they stand in the same chart. */
export function contextOfChart(
  { result, chart }: Pick<ChartedDiagnostic, 'result' | 'chart'>,
  { runName, color, segment, companions, raw }: ShownSegment,
): Omit<ChartContext, 'isLogarithmic'> {
  const others = companions.flatMap((other): CompanionChart[] => {
    const found = findResult(other.segment, result.id)?.charts.find((candidate) => isSameChart(candidate, chart))
    return found ? [{ runName: other.runName, color: other.color, chart: found }] : []
  })
  return {
    runName,
    color,
    from: segment.from,
    to: segment.to,
    transientEnd: segment.transientEnd,
    companions: hasSeeds(result, chart, runName) ? others : [],
    raw: result.id === 'stationarity-gap' ? raw : null,
  }
}

/** Whether two charts of a diagnostic show the same of two runs: it may have several of one kind. */
function isSameChart(a: DiagnosticChart, b: DiagnosticChart): boolean {
  const titleOf = (chart: DiagnosticChart) => ('title' in chart ? chart.title : undefined)
  return a.kind === b.kind && titleOf(a) === titleOf(b)
}
