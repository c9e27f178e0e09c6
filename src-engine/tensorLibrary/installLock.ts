import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { isProcessAlive } from '#engine/runfile/isProcessAlive.ts'

/** A lock without a holder in it is being written; after so long whoever made it was killed in between. */
const namelessForMs = 5000
const lookAgainMs = 300

/** Runs `action` as the only one with this lock file. A lock whose process is gone, or runs since another time than it says, is taken over. */
export async function withInstallLock<Result>(
  file: string,
  { signal, onWait }: { signal: AbortSignal; onWait: (pid: number) => void },
  action: () => Promise<Result>,
): Promise<Result> {
  mkdirSync(dirname(file), { recursive: true })
  while (!tryAcquire(file)) {
    const holder = readHolder(file)
    if (holder === null ? isAbandoned(file) : !isProcessAlive(holder.pid, holder.startedAtMs)) {
      rmSync(file, { force: true })
      continue
    }
    if (holder) onWait(holder.pid)
    await wait(lookAgainMs, undefined, { signal })
  }
  try {
    return await action()
  } finally {
    rmSync(file, { force: true })
  }
}

function tryAcquire(file: string): boolean {
  const startedAtMs = Math.round(Date.now() - process.uptime() * 1000)
  try {
    writeFileSync(file, `${process.pid} ${startedAtMs}`, { flag: 'wx' })
    return true
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') return false
    // A full disk takes the file, but not what is to stand in it.
    rmSync(file, { force: true })
    throw cause
  }
}

function readHolder(file: string): { pid: number; startedAtMs: number } | null {
  try {
    const [pid = 0, startedAtMs = Number.NaN] = readFileSync(file, 'utf8').split(' ').map(Number)
    return pid > 0 ? { pid, startedAtMs } : null
  } catch {
    return null // Released between two looks at it.
  }
}

function isAbandoned(file: string): boolean {
  const stats = statSync(file, { throwIfNoEntry: false })
  return stats !== undefined && Date.now() - stats.mtimeMs > namelessForMs
}
