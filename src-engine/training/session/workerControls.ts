import { setImmediate as nextTurn } from 'node:timers/promises'
import { takeRequests } from '#engine/training/control/requests.ts'
import type { RunRecorder } from './runRecorder.ts'

const turnEveryMs = 20
const pollEveryMs = 100

/** What others have asked of the worker: by request files, or by signals. */
export class WorkerControls {
  readonly #runFolder: string
  readonly #recorder: RunRecorder
  #lastTurnMs = 0
  #lastPollMs = 0
  #stopReason: string | null = null
  isPaused = false
  isProbeWanted = false
  isCheckpointWanted = false

  constructor(runFolder: string, recorder: RunRecorder) {
    this.#runFolder = runFolder
    this.#recorder = recorder
  }

  /** Why to stop after a checkpoint, e.g. `by request`; null to go on. */
  get stopReason(): string | null {
    return this.#stopReason
  }

  stop(reason: string): void {
    this.#stopReason ??= reason
  }

  isTurnDue(): boolean {
    return performance.now() - this.#lastTurnMs >= turnEveryMs
  }

  /** Lets signals come through, and reads the request files when it is time. */
  async takeTurn(step: number): Promise<void> {
    await nextTurn()
    this.#lastTurnMs = performance.now()
    if (this.#lastTurnMs - this.#lastPollMs >= pollEveryMs) this.poll(step)
  }

  poll(step: number | null): void {
    this.#lastPollMs = performance.now()
    const { actions, unreadable } = takeRequests(this.#runFolder)
    for (const name of unreadable)
      this.#recorder.event('warning', step, `request ${name} was not understood and has been removed`)
    for (const action of actions) {
      if (action === 'pause') this.isPaused = true
      else if (action === 'resume') this.isPaused = false
      else if (action === 'stop') this.stop('by request')
      else if (action === 'probe') this.isProbeWanted = true
      else this.isCheckpointWanted = true
    }
  }
}
