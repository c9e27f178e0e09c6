import { join, relative } from 'node:path'
import { fileToken } from '#engine/runfile/fileToken.ts'
import { openRunReader } from '#engine/runfile/reader.ts'
import { runFileName } from '#engine/runfile/runFileFormat.ts'
import { ErgoscopeError } from '#shared/errors.ts'
import { isLive, type RunProblem, type RunRow, type RunStatus, type VerdictSummary } from '#shared/run.ts'
import { discoverRuns } from './discoverRuns.ts'
import { nestedVerdicts } from './nestedVerdicts.ts'
import { runAtOnce } from './slices.ts'
import { readRunRecord, toRunRow, type RunRecord } from './runRecord.ts'
import type { WorkspaceChanges } from './workspace.ts'
import type { StoredRun, StoredVerdict, WorkspaceIndex } from './workspaceIndex.ts'

interface Entry {
  folder: string
  token: string
  record: RunRecord
  /** As told last, since a run gets lost without any change of its file; null when something else changed since. */
  toldStatus: RunStatus | null
}

function toProblem(path: string, cause: unknown): RunProblem {
  if (cause instanceof ErgoscopeError) return { path, code: cause.code, message: cause.message }
  return {
    path,
    code: 'unreadable-run',
    message: `the run cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
  }
}

/** The runs of a workspace by folder and by id, kept in step with their files. */
export class RunCatalogue {
  readonly #root: string
  readonly #index: WorkspaceIndex
  readonly #nowMs: () => number
  readonly #byFolder = new Map<string, Entry>()
  /** Runs that were unreadable, with the state of the file then: read again when it changes. */
  readonly #unreadable = new Map<string, { token: string; problem: RunProblem }>()
  readonly #verdicts: Map<string, StoredVerdict>
  readonly #lookedAtNested = new Set<string>()
  #folderProblems: RunProblem[] = []
  #byId = new Map<string, Entry>()
  #copies: RunProblem[] = []
  #toldIds = new Set<string>()
  #stored: Map<string, StoredRun>

  constructor(root: string, index: WorkspaceIndex, nowMs: () => number) {
    this.#root = root
    this.#index = index
    this.#nowMs = nowMs
    this.#stored = index.runs()
    this.#verdicts = index.verdicts()
  }

  get size(): number {
    return this.#byId.size
  }

  rows(): RunRow[] {
    return Array.from(this.#byId.values(), (entry) => this.#row(entry))
  }

  row(runId: string): RunRow | null {
    const entry = this.#byId.get(runId)
    return entry ? this.#row(entry) : null
  }

  folderOf(runId: string): string | null {
    return this.#byId.get(runId)?.folder ?? null
  }

  idInFolder(folder: string): string | null {
    return this.#byFolder.get(folder)?.record.state.id ?? null
  }

  problems(): RunProblem[] {
    return [
      ...this.#folderProblems,
      ...Array.from(this.#unreadable.values(), ({ problem }) => problem),
      ...this.#copies,
    ]
  }

  hasLiveRun(): boolean {
    return [...this.#byId.values()].some((entry) => isLive(entry.record.state.status))
  }

  setVerdict(runId: string, verdict: VerdictSummary, pointCount: number): void {
    this.#verdicts.set(runId, { verdict, pointCount })
    const entry = this.#byId.get(runId)
    if (entry) entry.toldStatus = null
  }

  /** Looks for folders that came or went, then reads what changed. Yields between runs. Error: `not-found` when the workspace itself is away; its runs stay then. */
  *discover(): Generator<undefined, void> {
    // Before the search: a run that somebody else finds while it goes on may be in a folder that it has passed already.
    const known = [
      ...this.#byFolder.keys(),
      ...this.#unreadable.keys(),
      ...Array.from(this.#stored.keys(), (key) => join(this.#root, key)),
    ]
    const { folders, problems } = yield* discoverRuns(this.#root)
    const found = new Set(folders)
    const gone = known.filter((folder) => !found.has(folder))
    for (const folder of gone) this.#forget(folder)
    this.#folderProblems = problems
    // A run may have been unreadable for a reason outside its file (too many open files, a lock): it gets another chance.
    for (const unreadable of this.#unreadable.values()) unreadable.token = ''
    yield* this.#readChanged(folders, gone)
    this.#adoptVerdicts(folders)
  }

  /** Those of workspaces inside this one, for runs that are found without a verdict here; once for each. */
  #adoptVerdicts(folders: readonly string[]): void {
    const without = [...this.#byId.values()].filter(
      ({ record }) => this.#verdictOf(record) === null && !this.#lookedAtNested.has(record.state.id),
    )
    if (without.length === 0) return
    for (const { record } of without) this.#lookedAtNested.add(record.state.id)
    const nested = nestedVerdicts(this.#root, folders)
    for (const entry of without) {
      const { id, pointCount } = entry.record.state
      const found = nested.get(id)
      if (found?.pointCount === pointCount) this.setVerdict(id, found.verdict, pointCount)
    }
  }

  /** Reads what changed among the known runs. A folder that is gone is left to `discover`, which knows whether the workspace is there at all. */
  *refresh(): Generator<undefined, void> {
    yield* this.#readChanged([...this.#byFolder.keys(), ...this.#unreadable.keys()], [])
  }

  /** Reads one run again when its file changed. False when it is not there any more. */
  refreshRun(runId: string): boolean {
    const folder = this.folderOf(runId)
    if (folder === null || fileToken(join(folder, runFileName)) === null) return false
    runAtOnce(this.#readChanged([folder], []))
    return this.#byId.has(runId)
  }

  /** What changed since the last call, whoever looked in between. */
  takeChanges(): WorkspaceChanges {
    const removedRunIds = [...this.#toldIds].filter((id) => !this.#byId.has(id))
    this.#toldIds = new Set(this.#byId.keys())
    return { changed: this.#untold(), removedRunIds, problems: this.problems() }
  }

  *#readChanged(folders: readonly string[], gone: readonly string[]): Generator<undefined, void> {
    const saved = new Map<string, StoredRun>()
    for (const folder of folders) {
      this.#readIfChanged(folder, saved)
      yield
    }
    this.#stored = new Map()
    this.#assignIds()
    if (saved.size > 0 || gone.length > 0)
      this.#index.saveRuns(
        saved,
        gone.map((folder) => this.#key(folder)),
      )
  }

  #readIfChanged(folder: string, saved: Map<string, StoredRun>): void {
    const token = fileToken(join(folder, runFileName))
    if (token === null) return
    if (this.#byFolder.get(folder)?.token === token || this.#unreadable.get(folder)?.token === token) return
    const stored = this.#stored.get(this.#key(folder))
    try {
      const record = stored?.token === token ? stored.record : this.#readRecord(folder)
      this.#unreadable.delete(folder)
      this.#byFolder.set(folder, { folder, token, record, toldStatus: null })
      if (stored?.token !== token) saved.set(this.#key(folder), { token, record })
    } catch (cause) {
      // One that went between two looks at it is left to `discover`, as one that went before.
      if (fileToken(join(folder, runFileName)) === null) return
      this.#byFolder.delete(folder)
      this.#unreadable.set(folder, { token, problem: toProblem(folder, cause) })
    }
  }

  #readRecord(folder: string): RunRecord {
    const reader = openRunReader(join(folder, runFileName))
    try {
      return readRunRecord(reader)
    } finally {
      reader.close()
    }
  }

  #forget(folder: string): void {
    this.#byFolder.delete(folder)
    this.#unreadable.delete(folder)
  }

  /** A copied run has the id of its original: the first by path is shown, the others are named as copies. */
  #assignIds(): void {
    this.#byId = new Map()
    this.#copies = []
    for (const entry of [...this.#byFolder.values()].sort((left, right) => (left.folder < right.folder ? -1 : 1))) {
      const { id, name } = entry.record.state
      const original = this.#byId.get(id)
      if (original) {
        const message = `run "${name}" has the id of the run in ${original.folder}: it is a copy and is left out; move one of the two out of the workspace`
        this.#copies.push({ path: entry.folder, code: 'ambiguous', message })
      } else this.#byId.set(id, entry)
    }
  }

  /** Rows that differ from what was told, which count as told from now on. */
  #untold(): RunRow[] {
    const changed: RunRow[] = []
    for (const entry of this.#byId.values()) {
      // Only a live run's status depends on anything but its file.
      if (entry.toldStatus !== null && !isLive(entry.record.state.status)) continue
      const row = this.#row(entry)
      if (entry.toldStatus === row.status) continue
      entry.toldStatus = row.status
      changed.push(row)
    }
    return changed
  }

  #row(entry: Entry): RunRow {
    return toRunRow(entry.record, entry.folder, this.#verdictOf(entry.record), this.#nowMs())
  }

  #verdictOf({ state }: RunRecord): VerdictSummary | null {
    const stored = this.#verdicts.get(state.id)
    return stored?.pointCount === state.pointCount ? stored.verdict : null
  }

  #key(folder: string): string {
    return relative(this.#root, folder)
  }
}
