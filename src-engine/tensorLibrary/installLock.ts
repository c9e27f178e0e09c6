import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { tryFileLock, type FileLock } from '#engine/files/fileLock.ts'
import { explainWriteError } from '#engine/files/sqliteErrors.ts'

const lookAgainMs = 300

export interface WaitOptions {
  signal: AbortSignal
  /** Told again and again while another holds the lock. */
  onWait: () => void
}

/** Runs `action` as the only one with this lock file, also across processes. */
export async function withInstallLock<Result>(
  file: string,
  options: WaitOptions,
  action: () => Promise<Result>,
): Promise<Result> {
  mkdirSync(dirname(file), { recursive: true })
  const lock = await waitForLock(file, options)
  try {
    return await action()
  } finally {
    lock.release()
  }
}

async function waitForLock(file: string, { signal, onWait }: WaitOptions): Promise<FileLock> {
  for (;;) {
    const lock = tryLock(file)
    if (lock) return lock
    onWait()
    await wait(lookAgainMs, undefined, { signal })
  }
}

function tryLock(file: string): FileLock | null {
  try {
    return tryFileLock(file)
  } catch (cause) {
    throw explainWriteError(cause, file)
  }
}
