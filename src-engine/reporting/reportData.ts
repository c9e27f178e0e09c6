import type { AcrossRunsDiagnosis } from '#core/diagnostics/acrossRuns/acrossRunsTypes.ts'
import type { RunDiagnosis } from '#core/diagnostics/verdict/verdictTypes.ts'
import type { PlotLine } from '#figures/plot/plotLine.ts'
import type { RunStyle } from '#figures/plot/runStyle.ts'
import type { RunDetail } from '#shared/run.ts'

/** One run of a report. */
export interface ReportedRun {
  readonly detail: RunDetail
  readonly diagnosis: RunDiagnosis
  readonly style: RunStyle
  /** The recorded points behind the stationarity gap, by segment; null where there are none. */
  readonly raw: readonly (PlotLine | null)[]
  /** SHA-256 of the run file; null while the run still writes it. */
  readonly checksum: string | null
}

/** Everything that a report says; the page is a function of it. */
export interface ReportData {
  readonly runs: readonly ReportedRun[]
  /** The runs compared with each other; one alone is untested. */
  readonly acrossRuns: AcrossRunsDiagnosis | null
  /** The margins that were changed, by name. */
  readonly changedMargins: Readonly<Record<string, number>>
  /** The command that writes the same report. */
  readonly command: string
  readonly programVersion: string
  readonly methodVersion: number
  readonly writtenAtMs: number
}
