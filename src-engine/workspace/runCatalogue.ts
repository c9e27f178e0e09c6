import { join, relative } from 'node:path'
import { fileToken } from '#engine/runfile/fileToken.ts'
import { openRunReader } from '#engine/runfile/reader.ts'
import { runFileName } from '#engine/runfile/runFileFormat.ts'
import { ErgoscopeError } from '#shared/errors.ts'
import { isLive, type RunProblem, type RunRow, type VerdictSummary } from '#shared/run.ts'
import { discoverRuns } from './discoverRuns.ts'
import { readRunRecord, toRunRow, type RunRecord } from './runRecord.ts'
import type { WorkspaceChanges } from './workspace.ts'
import type { StoredRun, StoredVerdict, WorkspaceIndex } from './workspaceIndex.ts'

interface Entry {
  folder: string
  token: string
  record: RunRecord
  /** Status when listeners were last told: a run gets lost without any change of its file. */
  reported: string
}

function toProblem(path: string, cause: unknown): RunProblem {
  if (cause instanceof ErgoscopeError) return { path, code: cause.code, message: cause.message }
  return { path, code: 'unreadable-run', message: `the run cannot be read: ${cause instanceof Error ? cause.message : String(cause)}` }
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
  #folderProblems: RunProblem[] = []
  #byId = new Map<string, Entry>()
  #copies: RunProblem[] = []
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
    return [...this.#folderProblems, ...Array.from(this.#unreadable.values(), ({ problem }) => problem), ...this.#copies]
  }

  hasLiveRun(): boolean {
    return [...this.#byId.values()].some((entry) => isLive(entry.record.state.status))
  }

  setVerdict(runId: string, verdict: VerdictSummary, pointCount: number): void {
    this.#verdicts.set(runId, { verdict, pointCount })
    const entry = this.#byId.get(runId)
    if (entry) entry.reported = ''
  }

  /** Looks for folders that came or went, then reads what changed. Yields between runs. */
  *discover(): Generator<undefined, WorkspaceChanges> {
    const { folders, problems } = yield* discoverRuns(this.#root)
    const found = new Set(folders)
    const known = [...this.#byFolder.keys(), ...this.#unreadable.keys(), ...Array.from(this.#stored.keys(), (key) => join(this.#root, key))]
    const gone = known.filter((folder) => !found.has(folder))
    const before = new Set(this.#byId.keys())
    for (const folder of gone) this.#forget(folder)
    this.#folderProblems = problems
    return yield* this.#refresh(folders, gone, before)
  }

  /** Reads what changed among the known runs. */
  *refresh(folders: Iterable<string> = this.#byFolder.keys()): Generator<undefined, WorkspaceChanges> {
    return yield* this.#refresh([...folders, ...this.#unreadable.keys()], [], new Set(this.#byId.keys()))
  }

  /** Reads one run again when its file changed. */
  refreshRun(runId: string): void {
    const entry = this.#byId.get(runId)
    if (!entry) return
    const saved = new Map<string, StoredRun>()
    this.#readIfChanged(entry.folder, saved)
    if (saved.size > 0 || !this.#byFolder.has(entry.folder)) this.#assignIds()
    this.#index.saveRuns(saved, [])
  }

  *#refresh(folders: readonly string[], gone: readonly string[], before: ReadonlySet<string>): Generator<undefined, WorkspaceChanges> {
    const saved = new Map<string, StoredRun>()
    for (const folder of folders) {
      this.#readIfChanged(folder, saved)
      yield
    }
    this.#stored = new Map()
    this.#assignIds()
    if (saved.size > 0 || gone.length > 0) this.#index.saveRuns(saved, gone.map((folder) => this.#key(folder)))
    return {
      changed: this.#unreported(),
      removedRunIds: [...before].filter((id) => !this.#byId.has(id)),
      problems: this.problems(),
    }
  }

  #readIfChanged(folder: string, saved: Map<string, StoredRun>): void {
    const token = fileToken(join(folder, runFileName))
    if (token === null) return this.#forget(folder)
    if (this.#byFolder.get(folder)?.token === token || this.#unreadable.get(folder)?.token === token) return
    const stored = this.#stored.get(this.#key(folder))
    try {
      const record = stored?.token === token ? stored.record : this.#readRecord(folder)
      this.#unreadable.delete(folder)
      this.#byFolder.set(folder, { folder, token, record, reported: '' })
      if (stored?.token !== token) saved.set(this.#key(folder), { token, record })
    } catch (cause) {
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

  /** Rows that differ from what listeners were told, which they count as told from now on. */
  #unreported(): RunRow[] {
    const changed: RunRow[] = []
    for (const entry of this.#byId.values()) {
      // Only a live run's status depends on anything but its file.
      if (entry.reported !== '' && !isLive(entry.record.state.status)) continue
      const row = this.#row(entry)
      if (entry.reported === row.status) continue
      entry.reported = row.status
      changed.push(row)
    }
    return changed
  }

  #row(entry: Entry): RunRow {
    const stored = this.#verdicts.get(entry.record.state.id)
    const verdict = stored?.pointCount === entry.record.state.pointCount ? stored.verdict : null
    return toRunRow(entry.record, entry.folder, verdict, this.#nowMs())
  }

  #key(folder: string): string {
    return relative(this.#root, folder)
  }
}
