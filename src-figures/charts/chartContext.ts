import type { DiagnosticChart } from '#core/diagnostics/results/diagnosticResult.ts'
import type { ColorToken } from '../plot/chartTheme.ts'
import type { PlotLine } from '../plot/plotLine.ts'

/** The same diagnostic of another seed, drawn thinly beside the shown run. */
export interface CompanionChart {
  readonly runName: string
  readonly color: ColorToken
  readonly chart: DiagnosticChart
}

/** What a chart needs besides its own numbers. */
export interface ChartContext {
  readonly runName: string
  readonly color: ColorToken
  /** The segment, and where its transient ends. */
  readonly from: number
  readonly to: number
  readonly transientEnd: number
  readonly companions: readonly CompanionChart[]
  /** The recorded points behind the batch means, transient included; null while they are read or when they are not recorded as such. */
  readonly raw: PlotLine | null
  readonly isLogarithmic: boolean
}
