import { hostname } from 'node:os'
import type { RunState } from '#engine/runfile/runFile.ts'
import { isLive } from '#shared/run.ts'

/** After so long without a heartbeat nobody can be behind a run on another host. */
const lostAfterMs = 30_000

/** Whether a worker can still be behind the run: its process exists here, or its heartbeat on another host is fresh. */
export function isWorkerAlive(state: RunState, nowMs: number): boolean {
  if (!isLive(state.status)) return false
  if (state.worker?.host === hostname()) return processExists(state.worker.pid)
  return nowMs - (state.heartbeatAtMs ?? state.createdAtMs) < lostAfterMs
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (cause) {
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM'
  }
}
