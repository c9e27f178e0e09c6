import { hostname } from 'node:os'
import { isLive, type RunStatus } from '#shared/run.ts'
import { isProcessAlive } from './isProcessAlive.ts'
import type { RunState } from './runFile.ts'

/** Without a heartbeat for so long, a worker that cannot be looked at counts as lost. */
const lostAfterMs = 30_000

export interface Life {
  status: RunStatus
  statusDetail: string
}

function lastCommitted(steps: number): string {
  return steps > 0 ? `last committed step ${steps - 1}` : 'no step committed'
}

/**
 * Whether a run that says it is queued, running or paused can be believed. On this host its process decides: a dead one is lost at once, a living one is never lost however
 * slow its steps are. On another host, or without a known process, only the heartbeat can tell.
 */
export function judgeLife(state: RunState, nowMs: number, isAlive = isProcessAlive, thisHost = hostname()): Life {
  const { status, statusDetail, worker, steps } = state
  if (!isLive(status)) return { status, statusDetail }
  if (worker?.host === thisHost) {
    if (isAlive(worker.pid, worker.startedAtMs)) return { status, statusDetail }
    return { status: 'lost', statusDetail: `the worker is gone; ${lastCommitted(steps)}` }
  }
  const silentMs = nowMs - Math.max(state.heartbeatAtMs ?? 0, state.startedAtMs ?? 0, state.createdAtMs)
  if (silentMs <= lostAfterMs) return { status, statusDetail }
  const where = worker?.host ?? state.host
  return {
    status: 'lost',
    statusDetail: `no heartbeat from ${where} for ${Math.round(silentMs / 1000)} s; ${lastCommitted(steps)}`,
  }
}
