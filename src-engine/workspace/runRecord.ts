import { judgeLife } from '#engine/runfile/judgeLife.ts'
import type { RunReader, RunState } from '#engine/runfile/runFile.ts'
import type { MetricSummary, RunConfig, RunRow, VerdictSummary } from '#shared/run.ts'

/** What the index keeps of a run: everything that a row shows and that does not depend on the clock. */
export interface RunRecord {
  state: RunState
  config: RunConfig
  metrics: Record<string, MetricSummary>
  isNewer: boolean
}

export function readRunRecord(reader: RunReader): RunRecord {
  return reader.snapshot(() => ({
    state: reader.state(),
    config: reader.config(),
    metrics: reader.metricSummaries(),
    isNewer: reader.isNewer,
  }))
}

export function toRunRow(record: RunRecord, path: string, verdict: VerdictSummary | null, nowMs: number): RunRow {
  const { state } = record
  const { status, statusDetail } = judgeLife(state, nowMs)
  return {
    id: state.id,
    name: state.name,
    group: state.group,
    tags: state.tags,
    notes: state.notes,
    source: state.source,
    status,
    statusDetail,
    seed: state.seed,
    createdAtMs: state.createdAtMs,
    startedAtMs: state.startedAtMs,
    endedAtMs: state.endedAtMs,
    heartbeatAtMs: state.heartbeatAtMs,
    steps: state.steps,
    plannedSteps: state.plannedSteps,
    pointCount: state.pointCount,
    path,
    config: record.config,
    metrics: record.metrics,
    verdict,
    isReadOnly: record.isNewer,
  }
}
