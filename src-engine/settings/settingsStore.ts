import { readFileSync, renameSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { ErgoscopeError } from '#shared/errors.ts'
import { settingsSchema, type Settings, type SettingsPatch } from '#shared/settings.ts'
import { userFolders } from '#shared/userFolders.ts'
import { writeFileAtomically } from './writeFileAtomically.ts'

const recentWorkspaceLimit = 12

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

  function update(patch: SettingsPatch): Settings {
    const all = { ...readAll(), ...patch }
    try {
      writeFileAtomically(file, `${JSON.stringify(all, null, 2)}\n`)
    } catch (cause) {
      throw new ErgoscopeError('read-only', `The settings could not be saved to ${file}: ${messageOf(cause)}`, {
        cause,
      })
    }
    return understood(all)
  }

  const read = (): Settings => understood(readAll())

  return {
    file,
    read,
    update,
    rememberWorkspace(path, runCount, openedAtMs) {
      const others = read().recentWorkspaces.filter((recent) => recent.path !== path)
      update({ recentWorkspaces: [{ path, runCount, openedAtMs }, ...others].slice(0, recentWorkspaceLimit) })
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
