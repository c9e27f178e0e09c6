import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { judgeLife } from '#engine/runfile/judgeLife.ts'
import { openRunReader } from '#engine/runfile/reader.ts'
import type { RunState } from '#engine/runfile/runFile.ts'
import { writerLockName } from '#engine/runfile/runFileFormat.ts'
import { isLive } from '#shared/run.ts'

/** What the run file says now. */
export function readState(runFolder: string): RunState {
  const reader = openRunReader(runFolder)
  try {
    return reader.state()
  } finally {
    reader.close()
  }
}

/** Whether a worker is behind the run, or is expected to be in a moment. */
export function isRunAwake(runFolder: string): boolean {
  return isLive(judgeLife(readState(runFolder), Date.now()).status)
}

/** Whether somebody still writes the run's file: one that has just ended is not one plain file yet. A killed writer's mark stays until the next one comes. */
export function isBeingWritten(runFolder: string): boolean {
  return existsSync(join(runFolder, writerLockName))
}
