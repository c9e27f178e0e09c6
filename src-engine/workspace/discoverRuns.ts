import { readdirSync, statSync, type Dirent } from 'node:fs'
import { join } from 'node:path'
import { runFileName } from '#engine/runfile/runFileFormat.ts'
import { errorCodeOf } from '#engine/files/sqliteErrors.ts'
import { ErgoscopeError } from '#shared/errors.ts'
import type { RunProblem } from '#shared/run.ts'

/** Folders below the workspace that are searched: `experiment/group/seed/run`. */
export const searchDepth = 4

export interface Discovery {
  /** Folders that hold a run file, in alphabetical order. */
  folders: string[]
  /** Folders that cannot be looked into. */
  problems: RunProblem[]
}

function isFolder(entry: Dirent, path: string): boolean {
  if (entry.isDirectory()) return true
  if (!entry.isSymbolicLink()) return false
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
  } catch {
    return false // a link to itself, or to where nobody may look: no reason to give up the folder that it stands in
  }
}

function describe(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}

function unreadableFolder(path: string, cause: unknown): RunProblem {
  return { path, code: 'unreadable-run', message: `the folder cannot be looked into: ${describe(cause)}` }
}

/**
 * Finds the runs below `root`, also inside each other, without folders that begin with a dot. A generator, so that the caller can give way to other
 * work after each folder.
 */
export function* discoverRuns(root: string): Generator<undefined, Discovery> {
  const discovery: Discovery = { folders: [], problems: [] }
  const waiting = [{ folder: root, depth: 0 }]
  const seen = new Set<string>()
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { folder, depth } = next
    try {
      // A link may lead back to a folder that was already searched.
      const { dev, ino } = statSync(folder, { bigint: true })
      if (seen.has(`${dev}:${ino}`)) continue
      seen.add(`${dev}:${ino}`)
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        const path = join(folder, entry.name)
        if (entry.name === runFileName && !entry.isDirectory()) discovery.folders.push(folder)
        else if (depth < searchDepth && !entry.name.startsWith('.') && isFolder(entry, path))
          waiting.push({ folder: path, depth: depth + 1 })
      }
    } catch (cause) {
      if (folder === root)
        throw new ErgoscopeError('not-found', `the workspace ${root} cannot be read: ${describe(cause)}`, { cause })
      // A folder that went between two looks at it is not there: nothing to be told.
      if (!['ENOENT', 'ENOTDIR'].includes(errorCodeOf(cause))) discovery.problems.push(unreadableFolder(folder, cause))
    }
    yield
  }
  discovery.folders.sort()
  return discovery
}
