import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { app } from 'electron'

/** Bytes of the folder's path: that of a Unix socket in it may have 107. */
const longestFolder = 70

/**
 * Whether this is the only instance; `start` is what a second one passes on. On Linux Chromium keeps the lock's socket in a new folder below the temporary one, and leaves
 * it there: here that is in the cache, is let go of at the end, and what killed instances left is removed.
 */
export function lockInstance(start: Record<string, unknown>): boolean {
  const folder = socketFolder()
  const left = folder === null ? [] : readdirSync(folder)
  const isFirst = withTemporaryFolder(folder, () => app.requestSingleInstanceLock(start))
  if (!isFirst) return false
  for (const name of left) rmSync(join(folder ?? '', name), { recursive: true, force: true })
  app.on('quit', () => app.releaseSingleInstanceLock())
  return true
}

/** Null where the default has to do: elsewhere than on Linux, with a path that is too long, or when it cannot be made. */
function socketFolder(): string | null {
  const folder = join(app.getPath('sessionData'), 'lock')
  if (process.platform !== 'linux' || Buffer.byteLength(folder) > longestFolder) return null
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return folder
  } catch {
    return null // A full or read-only home: the window says so itself.
  }
}

function withTemporaryFolder<Result>(folder: string | null, action: () => Result): Result {
  if (folder === null) return action()
  const before = process.env['TMPDIR']
  process.env['TMPDIR'] = folder
  try {
    return action()
  } finally {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  }
}
