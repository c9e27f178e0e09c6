import { basename } from 'node:path'
import { parseFilter } from '#core/runs/filter.ts'
import { sortRuns } from '#core/runs/sortRuns.ts'
import type { RunReader } from '#engine/runfile/runFile.ts'
import type { Series, SeriesRequest } from '#shared/contract/series.ts'
import type { ViewState, WorkspaceInfo } from '#shared/contract/workspace.ts'
import { ErgoscopeError } from '#shared/errors.ts'
import type { RunDetail, RunRow } from '#shared/run.ts'
import { exportSeries } from './exportSeries.ts'
import { ReaderPool } from './readerPool.ts'
import { readPhase } from './readPhase.ts'
import { emptySeries, readSeries } from './readSeries.ts'
import { resolveRun } from './resolveRun.ts'
import type { RunCatalogue } from './runCatalogue.ts'
import { SeriesCache } from './seriesCache.ts'
import { runAtOnce } from './slices.ts'
import { readViewState, writeViewState } from './viewStateFile.ts'
import { watchRuns, type RunWatch } from './watchRuns.ts'
import type {
  CachedDiagnosis,
  ExportRequest,
  ExportResult,
  PhaseRequest,
  PhaseSeries,
  RunList,
  RunQuery,
  Workspace,
  WorkspaceChanges,
} from './workspace.ts'
import type { WorkspaceIndex } from './workspaceIndex.ts'
import type { WorkspacePlace } from './workspacePlace.ts'

/** While nobody watches, what is older than this is looked at again before it is listed. */
const freshForMs = 200

/** The workspace behind `openWorkspace`: puts its parts together and holds no logic of its own. */
export class FolderWorkspace implements Workspace {
  readonly path: string
  readonly #place: WorkspacePlace
  readonly #index: WorkspaceIndex
  readonly #catalogue: RunCatalogue
  readonly #readers = new ReaderPool()
  readonly #cache = new SeriesCache()
  readonly #listeners = new Set<(changes: WorkspaceChanges) => void>()
  #watch: RunWatch | null = null
  #lookedAtMs = performance.now()

  constructor(place: WorkspacePlace, index: WorkspaceIndex, catalogue: RunCatalogue) {
    this.path = place.root
    this.#place = place
    this.#index = index
    this.#catalogue = catalogue
  }

  info(): WorkspaceInfo {
    return {
      path: this.path,
      name: basename(this.path),
      isReadOnly: this.#place.isReadOnly,
      runCount: this.#catalogue.size,
      problems: this.#catalogue.problems(),
      view: readViewState(this.#place.ownFolder),
      focusRunId: this.#place.focusFolder ? this.#catalogue.idInFolder(this.#place.focusFolder) : null,
    }
  }

  list({ filter = '', sort = [], offset = 0, limit = Infinity }: RunQuery): RunList {
    const holds = parseFilter(filter)
    this.#lookAgain()
    const rows = this.#catalogue.rows()
    const matched = sortRuns(rows.filter(holds), sort)
    return { runs: matched.slice(offset, offset + limit), matchedCount: matched.length, totalCount: rows.length }
  }

  row(runId: string): RunRow {
    if (!this.#catalogue.refreshRun(runId)) this.#discoverNow()
    const found = this.#catalogue.row(runId)
    if (!found)
      throw new ErgoscopeError('not-found', `the workspace ${this.path} has no run ${runId}`, { data: { runId } })
    return found
  }

  detail(runId: string): RunDetail {
    const run = this.row(runId)
    const reader = this.#readers.reader(run.path)
    return reader.snapshot(() => {
      const { versions, host, attempts, recipeYaml } = reader.state()
      return {
        run,
        metrics: reader.metrics(),
        segments: reader.segments(),
        events: reader.events(),
        checkpoints: reader.checkpoints(),
        versions,
        host,
        attempts,
        recipeYaml,
      }
    })
  }

  resolveRun(text: string): string {
    this.#lookAgain()
    return resolveRun(this.#catalogue.rows(), text)
  }

  reader(runId: string): RunReader {
    return this.#readers.reader(this.#catalogue.folderOf(runId) ?? this.row(runId).path)
  }

  readSeries(request: SeriesRequest): Series {
    const folder = this.#catalogue.folderOf(request.runId)
    return folder ? readSeries(this.#readers.reader(folder), this.#cache, request) : emptySeries(request)
  }

  readPhase(request: PhaseRequest, limit: number): PhaseSeries {
    const folder = this.#catalogue.folderOf(request.runId)
    if (folder) return readPhase(this.#readers.reader(folder), this.#cache, request, limit)
    const none = new Float64Array(0)
    return { runId: request.runId, steps: none, x: none, y: none, pointCount: 0 }
  }

  exportSeries(request: ExportRequest, signal?: AbortSignal): Promise<ExportResult> {
    return exportSeries(
      request.runIds.map((id) => ({ id, reader: this.reader(id) })),
      request,
      signal,
    )
  }

  onChange(listener: (changes: WorkspaceChanges) => void): () => void {
    this.#listeners.add(listener)
    this.#watch ??= watchRuns(this.path, this.#catalogue, (changes) => this.#tell(changes))
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size === 0) this.#stopWatching()
    }
  }

  saveView(view: ViewState): void {
    if (this.#place.isReadOnly) return
    writeViewState(this.#place.ownFolder, view)
  }

  readCachedDiagnosis(runId: string, key: string): CachedDiagnosis | null {
    return this.#index.readDiagnosis(runId, key)
  }

  writeCachedDiagnosis(runId: string, key: string, diagnosis: CachedDiagnosis, pointCount: number): void {
    // Of a run that grew meanwhile nobody will ask for it again, and the verdict of its last points may be there already.
    if (this.row(runId).pointCount !== pointCount) return
    this.#index.saveDiagnosis(runId, key, diagnosis, pointCount)
    this.#catalogue.setVerdict(runId, diagnosis.verdict, pointCount)
  }

  close(): void {
    this.#listeners.clear()
    this.#stopWatching()
    this.#readers.close()
    this.#index.close()
  }

  #tell(changes: WorkspaceChanges): void {
    this.#lookedAtMs = performance.now()
    for (const listener of this.#listeners) listener(changes)
  }

  #lookAgain(): void {
    if (this.#watch || performance.now() - this.#lookedAtMs < freshForMs) return
    this.#discoverNow()
  }

  #discoverNow(): void {
    runAtOnce(this.#catalogue.discover())
    this.#lookedAtMs = performance.now()
  }

  #stopWatching(): void {
    this.#watch?.close()
    this.#watch = null
  }
}
