import { mkdirSync, readFileSync, renameSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { waitForFileLock, type FileLock } from '#engine/files/fileLock.ts'
import { ErgoscopeError } from '#shared/errors.ts'
import { settingsSchema, type Settings, type SettingsPatch } from '#shared/settings.ts'
import { userFolders } from '#shared/userFolders.ts'
import { writeFileAtomically } from '#engine/files/writeFileAtomically.ts'

const recentWorkspaceLimit = 12
/** A change takes milliseconds; behind one that hangs, this one is made all the same. */
const lockPatienceMs = 2000

export interface SettingsStore {
  readonly file: string
  read(): Settings
  /** Changes the given keys; keys of newer versions in the file stay as they are. */
  update(patch: SettingsPatch): Settings
  /** Puts a workspace at the head of the recent ones. */
  rememberWorkspace(path: string, runCount: number, openedAtMs: number): void
}

/** `report` gets one line when a file had to be set aside. */
export function createSettingsStore(
  report: (line: string) => void,
  file = join(
    userFolders({ environment: process.env, platform: process.platform, home: homedir() }).config,
    'settings.json',
  ),
): SettingsStore {
  /** Everything in the file: other processes and newer versions may have written it. */
  function readAll(): Record<string, unknown> {
    const text = readText(file)
    if (text === null) return {}
    const parsed = parseObject(text)
    if (parsed !== null) return parsed
    const aside = `${file}.unreadable`
    renameSync(file, aside)
    report(`The settings in ${file} could not be read: kept as ${aside}, defaults are used`)
    return {}
  }

  /** As the only process that does: what another one changes at the same time is neither lost nor undone. */
  function change(patchOf: (all: Record<string, unknown>) => SettingsPatch): Settings {
    const lock = lockChanges()
    try {
      const before = readAll()
      const all = { ...before, ...patchOf(before) }
      save(all)
      return understood(all)
    } finally {
      lock?.release()
    }
  }

  function lockChanges(): FileLock | null {
    try {
      mkdirSync(dirname(file), { recursive: true })
      return waitForFileLock(`${file}.lock`, lockPatienceMs)
    } catch (cause) {
      throw notSaved(cause)
    }
  }

  function save(all: Record<string, unknown>): void {
    try {
      writeFileAtomically(file, `${JSON.stringify(all, null, 2)}\n`)
    } catch (cause) {
      throw notSaved(cause)
    }
  }

  const notSaved = (cause: unknown): ErgoscopeError =>
    new ErgoscopeError('read-only', `The settings could not be saved to ${file}: ${messageOf(cause)}`, { cause })

  const read = (): Settings => understood(readAll())

  return {
    file,
    read,
    update: (patch) => change(() => patch),
    rememberWorkspace(path, runCount, openedAtMs) {
      change((all) => {
        const others = understood(all).recentWorkspaces.filter((recent) => recent.path !== path)
        return { recentWorkspaces: [{ path, runCount, openedAtMs }, ...others].slice(0, recentWorkspaceLimit) }
      })
    },
  }
}

/** The settings of this version in a file that a newer one may have written: a value that this one does not know has its default here, and stays in the file. */
function understood(all: Readonly<Record<string, unknown>>): Settings {
  const known = Object.entries(settingsSchema.shape).filter(
    ([name, schema]) => name in all && schema.safeParse(all[name]).success,
  )
  return settingsSchema.parse(Object.fromEntries(known.map(([name]) => [name, all[name]])))
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null
    throw new ErgoscopeError('internal', `The settings in ${file} could not be read: ${messageOf(cause)}`, { cause })
  }
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch (cause) {
    if (cause instanceof SyntaxError) return null
    throw cause
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
