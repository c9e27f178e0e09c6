import { join } from 'node:path'
import { methodVersion } from '#core/diagnostics/methodVersion.ts'
import type { RunDiagnosis } from '#core/diagnostics/verdict/verdictTypes.ts'
import { diagnoseStyles } from '#figures/charts/diagnoseStyles.ts'
import { rawGapLine } from '#figures/charts/rawGapLine.ts'
import type { PlotLine } from '#figures/plot/plotLine.ts'
import { runStyle, type RunStyle } from '#figures/plot/runStyle.ts'
import { gapMetric } from '#figures/text/gapMetric.ts'
import { ergoscopeVersion } from '#engine/installation/version.ts'
import { runFileChecksum } from '#engine/runfile/runFileChecksum.ts'
import { runFileName } from '#engine/runfile/runFileFormat.ts'
import type { Workspace } from '#engine/workspace/workspace.ts'
import { isLive, type RunDetail } from '#shared/run.ts'
import type { ReportData, ReportedRun } from './reportData.ts'
import { reproducingCommand } from './reproducingCommand.ts'

/** As many points as a figure is wide. */
const rawBuckets = 400

export type ReportInput = Pick<ReportData, 'acrossRuns' | 'changedMargins'> & {
  readonly diagnoses: readonly RunDiagnosis[]
}

/** Reads from the workspace what a report says beside the diagnoses: where the runs come from, and their recorded points. */
export async function gatherReport(workspace: Workspace, input: ReportInput, writtenAtMs: number): Promise<ReportData> {
  const runIds = input.diagnoses.map(({ id }) => id)
  const styles = diagnoseStyles(runIds, () => null)
  const runs: ReportedRun[] = []
  for (const diagnosis of input.diagnoses) {
    const detail = workspace.detail(diagnosis.id)
    const style = styles.get(diagnosis.id) ?? runStyle(0)
    runs.push({
      detail,
      diagnosis,
      style,
      raw: rawLines(workspace, detail, diagnosis, style),
      checksum: await checksumOf(detail),
    })
  }
  return {
    runs,
    acrossRuns: input.acrossRuns,
    changedMargins: input.changedMargins,
    command: reproducingCommand(runIds, input.changedMargins),
    programVersion: ergoscopeVersion,
    methodVersion,
    writtenAtMs,
  }
}

function rawLines(
  workspace: Workspace,
  detail: RunDetail,
  { segments }: RunDiagnosis,
  { color }: RunStyle,
): (PlotLine | null)[] {
  return segments.map(({ from, to, hyperparameters }) => {
    const metric = gapMetric(detail, hyperparameters.weightDecay ?? 0)
    if (metric === null) return null
    const series = workspace.readSeries({
      runId: detail.run.id,
      metric: metric.name,
      from,
      to,
      buckets: rawBuckets,
      axis: 'step',
      logarithmic: false,
      smoothing: null,
    })
    return series.x.length > 0 ? rawGapLine(series, metric.isSquared, color) : null
  })
}

/** Of a file that is no longer written to; anyone can compute it again. */
async function checksumOf({ run }: RunDetail): Promise<string | null> {
  return isLive(run.status) ? null : runFileChecksum(join(run.path, runFileName))
}
