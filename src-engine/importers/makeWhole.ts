import { readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { tryFileLock } from '#engine/files/fileLock.ts'
import { explainWriteError } from '#engine/files/sqliteErrors.ts'

/** Of folders that are being made: no search for runs looks into them. */
const asidePrefix = '.importing-'
const lockSuffix = '.lock'

/**
 * Makes a folder that appears when it is complete: `fill` is given another one beside it, which takes its place. Nothing is left when it fails; what a killed process
 * left goes with the next call.
 */
export function makeWhole<Result>(folder: string, fill: (aside: string) => Result): Result {
  const parent = dirname(folder)
  const aside = join(parent, `${asidePrefix}${basename(folder)}`)
  try {
    removeLeftovers(parent)
    return whileLocked(aside, () => {
      const result = fill(aside)
      renameSync(aside, folder)
      return result
    })
  } catch (cause) {
    throw explainWriteError(cause, folder)
  }
}

/** The folder is there only as long as its lock is held, or whoever held it is dead. */
function whileLocked<Result>(aside: string, action: () => Result): Result {
  const lock = tryFileLock(`${aside}${lockSuffix}`)
  if (!lock) throw new Error(`${aside} is being made by another process`)
  try {
    return action()
  } finally {
    rmSync(aside, { recursive: true, force: true })
    lock.release()
  }
}

function removeLeftovers(parent: string): void {
  for (const name of readdirSync(parent)) {
    if (!name.startsWith(asidePrefix) || !name.endsWith(lockSuffix)) continue
    const lock = tryFileLock(join(parent, name))
    if (!lock) continue
    rmSync(join(parent, name.slice(0, -lockSuffix.length)), { recursive: true, force: true })
    lock.release()
  }
}
