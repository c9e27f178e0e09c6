import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { interruption } from '../interruption.mjs'
import { isProcessAlive } from './processAlive.mjs'

/** A lock without a name in it is being written; after so long whoever made it was killed in between. */
const namelessForMs = 5000

/**
 * Runs `action` while holding a lock file, so that two checkouts do not download the same part twice.
 * A lock whose process is gone is taken over.
 * @template T
 * @param {string} lockFile
 * @param {(holder: number) => void} onWait called once when another process holds the lock
 * @param {() => Promise<T>} action
 * @returns {Promise<T>}
 */
export async function withLock(lockFile, onWait, action) {
  mkdirSync(dirname(lockFile), { recursive: true })
  let announced = false
  while (!tryAcquire(lockFile)) {
    const holder = readHolder(lockFile)
    if (holder === undefined ? isAbandoned(lockFile) : !isProcessAlive(holder)) {
      rmSync(lockFile, { force: true })
      continue
    }
    if (!announced && holder !== undefined) onWait(holder)
    announced ||= holder !== undefined
    await wait(250, undefined, { signal: interruption })
  }
  try {
    return await action()
  } finally {
    rmSync(lockFile, { force: true })
  }
}

/** @param {string} lockFile */
function tryAcquire(lockFile) {
  try {
    writeFileSync(lockFile, String(process.pid), { flag: 'wx' })
    return true
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') return false
    // A full disk takes the file, but not the number in it.
    rmSync(lockFile, { force: true })
    throw cause
  }
}

/** @param {string} lockFile */
function isAbandoned(lockFile) {
  const stats = statSync(lockFile, { throwIfNoEntry: false })
  return stats !== undefined && Date.now() - stats.mtimeMs > namelessForMs
}

/**
 * Process that holds the lock; undefined while it is being written or was just released.
 * @param {string} lockFile
 */
function readHolder(lockFile) {
  try {
    const pid = Number(readFileSync(lockFile, 'utf8'))
    return pid > 0 ? pid : undefined
  } catch {
    return undefined
  }
}
