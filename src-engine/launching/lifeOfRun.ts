import { judgeLife } from '#engine/runfile/judgeLife.ts'
import { openRunReader } from '#engine/runfile/reader.ts'
import type { RunState } from '#engine/runfile/runFile.ts'
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
