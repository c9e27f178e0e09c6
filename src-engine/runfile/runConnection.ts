import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import Database from 'better-sqlite3'
import { ErgoscopeError } from '#shared/errors.ts'
import { identityIn } from '#engine/files/fileIdentity.ts'
import { fileToken } from './fileToken.ts'
import { currentVersion } from './migrations/migrate.ts'
import { runFileApplicationId } from './runFileFormat.ts'
import { errorCodeOf, explainReadError } from '#engine/files/sqliteErrors.ts'

/** A connection to a live file is given up after this pause, so that its writer can fold the WAL in when it ends. */
const idleCloseMs = 300

const readTables = [
  'attempt',
  'checkpoint',
  'checksum',
  'config',
  'event',
  'metric',
  'point',
  'point_bits',
  'pyramid',
  'run',
  'segment',
  'series_summary',
  'step_time',
  'tag',
  'vector',
  'version',
] as const

interface OpenFile {
  database: Database.Database
  version: number
  /** Where a copy was made because the original cannot be opened in its place. */
  copyFolder: string | null
  /** What the original looked like then. */
  identity: string
}

/** A name of ours that is a view or a virtual table runs someone else's code: only plain tables are read. */
function assertPlainTables(database: Database.Database, file: string): void {
  const rows = database
    .prepare<[], { name: string; type: string; sql: string | null }>('SELECT name, type, sql FROM main.sqlite_schema')
    .all()
  const plain = new Set(
    rows
      .filter(({ type, sql }) => type === 'table' && !/^\s*create\s+virtual/i.test(sql ?? ''))
      .map(({ name }) => name),
  )
  const missing = readTables.filter((name) => !plain.has(name))
  if (missing.length > 0)
    throw new ErgoscopeError('unreadable-run', `${file} is not a sound run file: no table ${missing.join(', ')}`)
}

function openChecked(path: string, file: string): Omit<OpenFile, 'copyFolder' | 'identity'> {
  const database = new Database(path, { readonly: true, fileMustExist: true, timeout: 2000 })
  try {
    database.pragma('query_only = ON')
    database.pragma('trusted_schema = OFF')
    database.pragma('cell_size_check = ON')
    if (database.pragma('application_id', { simple: true }) !== runFileApplicationId) {
      throw new ErgoscopeError('unreadable-run', `${file} is a SQLite database, but not a run file`)
    }
    const version = Number(database.pragma('user_version', { simple: true }))
    assertPlainTables(database, file)
    return { database, version }
  } catch (cause) {
    database.close()
    throw cause
  }
}

function needsCopy(thrown: unknown, file: string): boolean {
  return /^SQLITE_(CANTOPEN|READONLY|IOERR_SHM)/.test(errorCodeOf(thrown)) && existsSync(file)
}

/** A file in WAL mode needs a shared-memory file beside it; where the folder cannot be written or the disk is full, a copy in the temporary folder is read. */
function openCopy(file: string): Omit<OpenFile, 'identity'> {
  const copyFolder = mkdtempSync(join(tmpdir(), 'ergoscope-run-'))
  try {
    const copy = join(copyFolder, basename(file))
    copyFileSync(file, copy)
    if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`)
    return { ...openChecked(copy, file), copyFolder }
  } catch (cause) {
    rmSync(copyFolder, { recursive: true, force: true })
    throw cause
  }
}

/** Connections of this process, so that a writer in it need not wait for them. */
const openConnections = new Set<RunConnection>()

/** Lets go of a file that nothing is reading at the moment; it is opened again when it is needed. */
export function releaseConnections(file: string): void {
  for (const connection of openConnections) if (connection.file === file) connection.close()
}

/** Read-only access to one run file. Opens it when it is needed, notices when another file took its place, and explains every failure in one line. */
export class RunConnection {
  readonly file: string
  #open: OpenFile | null = null
  #idleTimer: NodeJS.Timeout | null = null

  constructor(file: string) {
    this.file = file
    try {
      this.read(() => undefined)
    } catch (cause) {
      this.close()
      throw cause
    }
  }

  get version(): number {
    return this.read((_database, open) => open.version)
  }

  get isNewer(): boolean {
    return this.version > currentVersion
  }

  /** Runs `query` in one read transaction, so that all its statements see the same state. Keep it short. */
  read<Result>(query: (database: Database.Database, open: OpenFile) => Result): Result {
    if (this.#open?.database.inTransaction) return query(this.#open.database, this.#open)
    try {
      const open = this.#ensureOpen()
      return open.database.transaction(() => query(open.database, open)).deferred()
    } catch (cause) {
      if (!(cause instanceof ErgoscopeError)) this.close()
      throw explainReadError(cause, this.file)
    }
  }

  close(): void {
    if (this.#idleTimer) clearTimeout(this.#idleTimer)
    this.#idleTimer = null
    const open = this.#open
    this.#open = null
    openConnections.delete(this)
    open?.database.close()
    if (open?.copyFolder) rmSync(open.copyFolder, { recursive: true, force: true })
  }

  #ensureOpen(): OpenFile {
    if (this.#open && this.#open.identity !== this.#identityNow(this.#open.copyFolder)) this.close()
    this.#open ??= this.#openNow()
    openConnections.add(this)
    if (!this.#open.copyFolder && existsSync(`${this.file}-wal`)) this.#closeWhenIdle()
    return this.#open
  }

  #openNow(): OpenFile {
    try {
      return { ...openChecked(this.file, this.file), copyFolder: null, identity: this.#identityNow(null) }
    } catch (cause) {
      if (!needsCopy(cause, this.file)) throw cause
      const copied = openCopy(this.file)
      return { ...copied, identity: this.#identityNow(copied.copyFolder) }
    }
  }

  /**
   * A live file, with a log beside it, changes all the time and only has to be the same file. A copy is out of date after any change of the original; and a file at rest
   * that did change may have been overwritten, which SQLite does not notice by itself.
   */
  #identityNow(copyFolder: string | null): string {
    const token = fileToken(this.file) ?? ''
    return copyFolder || token.endsWith(':') ? token : identityIn(token)
  }

  #closeWhenIdle(): void {
    if (this.#idleTimer) this.#idleTimer.refresh()
    else this.#idleTimer = setTimeout(() => this.close(), idleCloseMs).unref()
  }
}
