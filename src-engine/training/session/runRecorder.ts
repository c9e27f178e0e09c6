import { setTimeout as delay } from 'node:timers/promises'
import type { RunWriter } from '#engine/runfile/runFile.ts'
import { ErgoscopeError } from '#shared/errors.ts'
import type { RunStatus } from '#shared/run.ts'
import type { DiskReserve } from './diskReserve.ts'

const commitEveryMs = 200
const retryEveryMs = 500

export interface RecorderOptions {
  reserve: DiskReserve
  /** How long training waits for space on a full disk before the run fails. */
  diskWaitMs: number
  /** Looked at while it waits: whoever stops a run need not free space first. */
  isStopWanted: () => boolean
  /** One line for worker.log. */
  log: (line: string) => void
}

/** Puts what happens into the run file: one commit about five times a second, each with a heartbeat, so that at most that much is lost to a power cut. */
export class RunRecorder {
  readonly writer: RunWriter
  readonly #options: RecorderOptions
  #lastCommitMs = 0
  #status: { status: RunStatus; detail: string } = { status: 'queued', detail: '' }

  constructor(writer: RunWriter, options: RecorderOptions) {
    this.writer = writer
    this.#options = options
  }

  get status(): RunStatus {
    return this.#status.status
  }

  scalars(step: number, values: Record<string, number>): void {
    this.writer.logScalars(step, values, Date.now())
  }

  vector(step: number, metric: string, values: Float64Array): void {
    this.writer.logVector(step, metric, values, Date.now())
  }

  event(kind: string, step: number | null, message: string): void {
    this.writer.addEvent({ kind, step, message, wallTimeMs: Date.now() })
    if (kind === 'warning') this.#options.log(`warning: ${message}`)
  }

  setStatus(status: RunStatus, detail: string, step: number): void {
    this.#status = { status, detail }
    this.writer.setStatus(status, detail, Date.now())
    this.event('status', step, detail === '' ? status : `${status}: ${detail}`)
  }

  isCommitDue(): boolean {
    return performance.now() - this.#lastCommitMs >= commitEveryMs
  }

  /** Commits what is buffered. On a full disk training waits here until there is room; throws `disk-full` when none comes, or when the run is to be stopped. */
  async commit(): Promise<void> {
    this.writer.heartbeat(Date.now())
    if (!this.#tryCommit()) await this.#waitForSpace()
    this.#lastCommitMs = performance.now()
  }

  #tryCommit(): boolean {
    try {
      this.writer.commit()
      return true
    } catch (cause) {
      if (cause instanceof ErgoscopeError && cause.code === 'disk-full') return false
      throw cause
    }
  }

  async #waitForSpace(): Promise<void> {
    const { reserve, diskWaitMs, isStopWanted, log } = this.#options
    log('the disk is full: training waits until there is space')
    const before = this.#status
    reserve.release()
    this.writer.setStatus('paused', 'the disk is full: free some space and training goes on by itself', Date.now())
    const deadline = performance.now() + diskWaitMs
    for (;;) {
      // Room for what is held and for a new reserve: the disk is no longer full.
      if (this.#tryCommit() && reserve.take()) break
      if (performance.now() > deadline || isStopWanted())
        throw new ErgoscopeError('disk-full', 'the disk is full: free some space, then resume the run')
      await delay(retryEveryMs)
      this.writer.heartbeat(Date.now())
    }
    log('there is space again: training goes on')
    this.writer.setStatus(before.status, before.detail, Date.now())
    this.writer.addEvent({
      kind: 'warning',
      step: null,
      message: 'training waited because the disk was full',
      wallTimeMs: Date.now(),
    })
    if (!this.#tryCommit()) await this.#waitForSpace()
  }
}
