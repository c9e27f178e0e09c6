import { join } from 'node:path'
import { decode, encode } from '@msgpack/msgpack'
import Database from 'better-sqlite3'
import { methodVersion } from '#core/diagnostics/methodVersion.ts'
import { errorCodeOf } from '#engine/files/sqliteErrors.ts'
import { fileIdentity } from '#engine/files/fileIdentity.ts'
import type { VerdictSummary } from '#shared/run.ts'
import { indexFileName, indexVersion, openIndex } from './indexFile.ts'
import type { RunRecord } from './runRecord.ts'
import type { CachedDiagnosis } from './workspace.ts'

export interface StoredVerdict {
  /** Points that the run had when it was diagnosed. */
  pointCount: number
  verdict: VerdictSummary
}

export interface StoredRun {
  token: string
  record: RunRecord
}

/** Diagnoses kept per run: the newest few, so that an index does not grow with every change of a margin. */
const diagnosesPerRun = 8

/** The index wrote its rows itself, and its version says of which shape; a damaged one is as if it were not there. */
function decodeRow(bytes: Uint8Array): unknown {
  try {
    return decode(bytes)
  } catch {
    return null
  }
}

function selectVerdicts(database: Database.Database): Map<string, StoredVerdict> {
  const rows = database
    .prepare<[number], [string, number, Uint8Array]>(
      'SELECT run_id, point_count, verdict FROM verdict WHERE method_version = ?',
    )
    .raw()
    .all(methodVersion)
  return new Map(
    rows.flatMap(([runId, pointCount, bytes]): [string, StoredVerdict][] => {
      const verdict = decodeRow(bytes) as VerdictSummary | null // as saveDiagnosis wrote it
      return verdict ? [[runId, { pointCount, verdict }]] : []
    }),
  )
}

/** The verdicts that the index in this folder holds, which is another workspace's: nothing of it is changed. One that cannot be read holds none. */
export function readStoredVerdicts(folder: string): Map<string, StoredVerdict> {
  let database: Database.Database | undefined
  try {
    database = new Database(join(folder, indexFileName), { readonly: true, fileMustExist: true, timeout: 200 })
    database.pragma('trusted_schema = OFF')
    return database.pragma('user_version', { simple: true }) === indexVersion ? selectVerdicts(database) : new Map()
  } catch {
    return new Map() // the verdicts can be computed again
  } finally {
    database?.close()
  }
}

/**
 * What is known of the runs of a workspace without opening them, and the diagnoses that were computed. Everything in it can be computed again: a failure to read or write it
 * is never a failure of the workspace. Several processes may have it open.
 */
export class WorkspaceIndex {
  readonly #folder: string
  readonly #isReadOnly: boolean
  #database: Database.Database
  /** Which file at the index's place `#database` is about: another one counts from the moment that it is there. */
  #identity: string | null

  constructor(folder: string, isReadOnly: boolean) {
    this.#folder = folder
    this.#isReadOnly = isReadOnly
    this.#database = openIndex(folder, isReadOnly)
    this.#identity = this.#identityNow()
  }

  runs(): Map<string, StoredRun> {
    const rows = this.#attempt((database) =>
      database.prepare<[], [string, string, Uint8Array]>('SELECT path, token, record FROM run').raw().all(),
    )
    return new Map(
      (rows ?? []).flatMap(([path, token, bytes]): [string, StoredRun][] => {
        const record = decodeRow(bytes) as RunRecord | null // as saveRuns wrote it
        return record ? [[path, { token, record }]] : []
      }),
    )
  }

  saveRuns(changed: ReadonlyMap<string, StoredRun>, removed: Iterable<string>): void {
    this.#attempt((database) => {
      const insert = database.prepare('INSERT OR REPLACE INTO run (path, token, record) VALUES (?, ?, ?)')
      const remove = database.prepare('DELETE FROM run WHERE path = ?')
      database
        .transaction(() => {
          for (const [path, { token, record }] of changed) insert.run(path, token, encode(record))
          for (const path of removed) remove.run(path)
        })
        .immediate()
    })
  }

  /** Those of the present method: a verdict that would not be given any more is none. */
  verdicts(): Map<string, StoredVerdict> {
    return this.#attempt(selectVerdicts) ?? new Map()
  }

  readDiagnosis(runId: string, key: string): CachedDiagnosis | null {
    const row = this.#attempt((database) =>
      database
        .prepare<[string, string], [number, Uint8Array, Uint8Array]>(
          'SELECT computed_at_ms, verdict, content FROM diagnosis WHERE run_id = ? AND key = ?',
        )
        .raw()
        .get(runId, key),
    )
    const verdict = row && (decodeRow(row[1]) as VerdictSummary | null) // as saveDiagnosis wrote it
    return row && verdict ? { computedAtMs: row[0], verdict, content: row[2] } : null
  }

  saveDiagnosis(runId: string, key: string, diagnosis: CachedDiagnosis, pointCount: number): void {
    const verdict = encode(diagnosis.verdict)
    this.#attempt((database) => {
      database
        .transaction(() => {
          database
            .prepare(
              'INSERT OR REPLACE INTO diagnosis (run_id, key, computed_at_ms, verdict, content) VALUES (?, ?, ?, ?, ?)',
            )
            .run(runId, key, diagnosis.computedAtMs, verdict, diagnosis.content)
          database
            .prepare(
              `DELETE FROM diagnosis WHERE run_id = :runId AND key NOT IN
                 (SELECT key FROM diagnosis WHERE run_id = :runId ORDER BY computed_at_ms DESC LIMIT ${diagnosesPerRun})`,
            )
            .run({ runId })
          database
            .prepare(
              'INSERT OR REPLACE INTO verdict (run_id, method_version, point_count, verdict) VALUES (?, ?, ?, ?)',
            )
            .run(runId, methodVersion, pointCount, verdict)
        })
        .immediate()
    })
  }

  close(): void {
    this.#database.close()
  }

  /** Null when the index failed: a damaged one is replaced by an empty one, a locked or full disk only means that nothing is cached this time. */
  #attempt<Result>(use: (database: Database.Database) => Result): Result | null {
    if (this.#identity !== this.#identityNow()) this.#reopen(null)
    try {
      return use(this.#database)
    } catch (cause) {
      const code = errorCodeOf(cause)
      if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_READONLY'))
        this.#reopen(this.#identity)
      else if (!code.startsWith('SQLITE_')) throw cause
      return null
    }
  }

  /** `damaged` is the file that is to be replaced; one that another process has put in its place meanwhile is not. */
  #reopen(damaged: string | null): void {
    this.#database.close()
    this.#database = openIndex(this.#folder, this.#isReadOnly, damaged)
    this.#identity = this.#identityNow()
  }

  #identityNow(): string | null {
    return this.#isReadOnly ? null : fileIdentity(join(this.#folder, indexFileName))
  }
}
