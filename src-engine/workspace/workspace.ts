import type { RunReader } from '#engine/runfile/runFile.ts'
import type { RequestInput, ResponseOf } from '#shared/contract/contract.ts'
import type { Series, SeriesRequest } from '#shared/contract/series.ts'
import type { RunSort } from '#shared/contract/runs.ts'
import type { ViewState, WorkspaceInfo } from '#shared/contract/workspace.ts'
import type { RunDetail, RunProblem, RunRow, VerdictSummary } from '#shared/run.ts'

export interface RunQuery {
  /** The language of docs/filter.md; empty for all. */
  filter?: string
  /** Newest first when empty. */
  sort?: readonly RunSort[]
  offset?: number
  limit?: number
}

export interface RunList {
  runs: RunRow[]
  matchedCount: number
  totalCount: number
}

export interface WorkspaceChanges {
  changed: RunRow[]
  removedRunIds: string[]
  /** The whole list as it is now. */
  problems: RunProblem[]
}

export type PhaseRequest = RequestInput<'series.phase'>['requests'][number]
export type PhaseSeries = ResponseOf<'series.phase'>['series'][number]
export type ExportRequest = Omit<RequestInput<'series.export'>, 'workspace'>
export type ExportResult = ResponseOf<'series.export'>

export interface CachedDiagnosis {
  /** As the writer encoded it. */
  content: Uint8Array
  verdict: VerdictSummary
  computedAtMs: number
}

/** A folder of runs. Everything is read from the run files as they are now, whoever writes them; the only thing ever written is `.ergoscope/`. */
export interface Workspace {
  readonly path: string
  info(): WorkspaceInfo
  list(query: RunQuery): RunList
  /** Read again if its file changed. Error: `not-found`. */
  row(runId: string): RunRow
  detail(runId: string): RunDetail
  /** Id of the run with that id, unique beginning of an id, or name. Errors: `not-found`, `ambiguous` (the candidates are listed). */
  resolveRun(text: string): string
  /** Belongs to the workspace, which closes it; ask again for each use. */
  reader(runId: string): RunReader
  /** A run or metric that is missing gives a series without points. */
  readSeries(request: SeriesRequest): Series
  readPhase(request: PhaseRequest, limit: number): PhaseSeries
  /** Rejects with what `signal` was aborted for; nothing is left then. */
  exportSeries(request: ExportRequest, signal?: AbortSignal): Promise<ExportResult>
  /** Returns the function that ends it. The workspace is watched as long as somebody listens. */
  onChange(listener: (changes: WorkspaceChanges) => void): () => void
  saveView(view: ViewState): void
  /** `key` says everything that the result depends on: inputs, margins, version of the method. */
  readCachedDiagnosis(runId: string, key: string): CachedDiagnosis | null
  /** Also makes `verdict` the run's verdict in its row, as long as the run has the `pointCount` points that were diagnosed. Nothing is kept when it has others already. */
  writeCachedDiagnosis(runId: string, key: string, diagnosis: CachedDiagnosis, pointCount: number): void
  close(): void
}
