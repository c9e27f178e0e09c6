import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const reserveBytes = 512 * 1024

/**
 * A little space kept back, so that a worker on a full disk can still commit what it holds and say why it waits. Taking it again succeeds only when
 * there is room: that is how the worker notices.
 */
export interface DiskReserve {
  /** Whether the space could be (or is) kept back. */
  take(): boolean
  release(): void
}

export function createDiskReserve(runFolder: string): DiskReserve {
  const file = join(runFolder, '.reserve')
  let isTaken = false
  return {
    take() {
      if (isTaken) return true
      try {
        writeFileSync(file, Buffer.alloc(reserveBytes, 0xe5), { flush: true })
        isTaken = true
      } catch {
        rmSync(file, { force: true }) // no room: the answer, not a failure
      }
      return isTaken
    },
    release() {
      rmSync(file, { force: true })
      isTaken = false
    },
  }
}
