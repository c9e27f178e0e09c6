import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { errorCodeOf, explainWriteError } from '#engine/files/sqliteErrors.ts'
import { controlActionSchema, type ControlAction } from '#shared/contract/training.ts'

const requestSchema = z.object({ action: controlActionSchema })

export interface TakenRequests {
  /** In the order in which they were made. */
  actions: ControlAction[]
  /** Names of files that are no requests; they are removed too. */
  unreadable: string[]
}

export function requestsFolder(runFolder: string): string {
  return join(runFolder, 'requests')
}

/** Asks the worker of a run for something: a small file, written aside and renamed, so that the worker never sees a part of it. Returns the file's path. Errors: `read-only`, `disk-full`. */
export function writeRequest(runFolder: string, action: ControlAction, wallTimeMs: number): string {
  const folder = requestsFolder(runFolder)
  const name = `${String(wallTimeMs).padStart(15, '0')}-${process.pid}-${action}.json`
  const aside = join(folder, `.${name}.new`)
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(aside, `${JSON.stringify({ action })}\n`, { flush: true })
    renameSync(aside, join(folder, name))
  } catch (cause) {
    rmSync(aside, { force: true })
    throw explainWriteError(cause, folder)
  }
  return join(folder, name)
}

/** Takes all requests, oldest first, and removes their files. A folder that is missing holds none. */
export function takeRequests(runFolder: string): TakenRequests {
  const folder = requestsFolder(runFolder)
  const taken: TakenRequests = { actions: [], unreadable: [] }
  for (const name of namesIn(folder)) {
    const text = readText(join(folder, name))
    if (text === null) continue
    const action = actionIn(text)
    if (action) taken.actions.push(action)
    else taken.unreadable.push(name)
    rmSync(join(folder, name), { force: true, recursive: true })
  }
  return taken
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => !name.startsWith('.'))
      .toSorted()
  } catch (cause) {
    if (errorCodeOf(cause) === 'ENOENT') return []
    throw cause
  }
}

/** Null when whoever made the request has taken it back meanwhile; empty for what is no file. */
function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    return errorCodeOf(cause) === 'ENOENT' ? null : ''
  }
}

function actionIn(text: string): ControlAction | null {
  try {
    return requestSchema.parse(JSON.parse(text)).action
  } catch {
    return null // not ours, or damaged: the caller reports it by name
  }
}
