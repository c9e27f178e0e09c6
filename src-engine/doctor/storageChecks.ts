import { accessSync, constants, existsSync, statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import { formatBytes } from '#core/format/formatQuantity.ts'
import { sqliteVersion } from '#engine/runfile/sqliteVersion.ts'
import { bringBack, type Check, works } from './check.ts'

const littleSpaceBytes = 1e9

/** Opens a database in memory: the native part of the store works. */
export const checkSqlite: Check = () => {
  try {
    return works('sqlite', 'SQLite', `SQLite ${sqliteVersion()}, in the engine`)
  } catch (cause) {
    return {
      id: 'sqlite',
      title: 'SQLite',
      status: 'missing',
      detail: `the store does not load: ${cause instanceof Error ? cause.message : String(cause)}`,
      ...bringBack('Run files cannot be read or written', 'npm ci'),
    }
  }
}

/** Whether runs can be written, and whether there is room for them. */
export const checkWorkspace: Check = ({ workspacePath }) => {
  const existing = nearestExisting(workspacePath)
  try {
    accessSync(existing, constants.W_OK)
  } catch {
    return {
      id: 'workspace',
      title: 'Workspace',
      status: 'limited',
      detail: `${existing} cannot be written: runs there can be read, not trained`,
      advice: 'Choose another workspace, or change the rights of the folder',
      command: null,
    }
  }
  const { bavail, bsize } = statfsSync(existing)
  const free = `${workspacePath} is writable, ${formatBytes(bavail * bsize)} free`
  if (bavail * bsize > littleSpaceBytes) return works('workspace', 'Workspace', free)
  return {
    id: 'workspace',
    title: 'Workspace',
    status: 'limited',
    detail: free,
    advice: 'Make room before a long run',
    command: null,
  }
}

function nearestExisting(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestExisting(dirname(path))
}
