import { accessSync, constants, existsSync, mkdirSync, statSync, type Stats } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { makeFolder } from '#engine/files/makeFolder.ts'
import { runFileName } from '#engine/runfile/runFileFormat.ts'
import { ErgoscopeError } from '#shared/errors.ts'
import { searchDepth } from './discoverRuns.ts'

/** What the program keeps of a workspace for itself. */
export const ownFolderName = '.ergoscope'

export interface WorkspacePlace {
  root: string
  ownFolder: string
  isReadOnly: boolean
  /** Folder of the run that was opened; null when the workspace itself was. */
  focusFolder: string | null
}

/** The nearest folder above a run that has been used as a workspace, else the one that holds the run. */
function workspaceAround(runFolder: string): string {
  let folder = dirname(runFolder)
  for (let level = 0; level < searchDepth && folder !== dirname(folder); level += 1) {
    if (existsSync(join(folder, ownFolderName))) return folder
    folder = dirname(folder)
  }
  return dirname(runFolder)
}

/** Tried by doing it: permissions alone do not tell of a read-only file system. */
function isWritable(folder: string): boolean {
  try {
    mkdirSync(join(folder, ownFolderName), { recursive: true })
    accessSync(join(folder, ownFolderName), constants.W_OK)
    return true
  } catch {
    return false // the answer, not a failure: a read-only workspace can be looked at all the same
  }
}

function lookAt(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new ErgoscopeError('not-found', `the workspace ${path} cannot be looked at: ${reason}`, { cause })
  }
}

/** Where a workspace is: `path` is its folder, a run's folder in it, or a run file. Errors: `not-found`, `bad-request`, and those of making the folder. */
export function findWorkspace(path: string, create: boolean): WorkspacePlace {
  const asked = resolve(path)
  if (create && !existsSync(asked)) makeFolder(asked)
  const stats = lookAt(asked)
  if (!stats) throw new ErgoscopeError('not-found', `the workspace ${asked} does not exist`)
  const isRunFile = stats.isFile() && basename(asked) === runFileName
  if (!stats.isDirectory() && !isRunFile)
    throw new ErgoscopeError('not-found', `${asked} is not a folder: a workspace is a folder of runs`)
  const focusFolder = isRunFile ? dirname(asked) : existsSync(join(asked, runFileName)) ? asked : null
  const root = focusFolder ? workspaceAround(focusFolder) : asked
  return { root, ownFolder: join(root, ownFolderName), isReadOnly: !isWritable(root), focusFolder }
}
