import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { AcrossRunsDiagnosis } from '#core/diagnostics/acrossRuns/acrossRunsTypes.ts'
import { ErgoscopeError } from '#shared/errors.ts'
import type { ComparisonTask, DiagnosedPoints, DiagnosisReport, DiagnosisTask } from './diagnosisMessages.ts'

/** How a job is waited for. */
export interface JobOptions {
  /** `background` waits until nobody waits in front of a window. */
  priority: 'foreground' | 'background'
  signal?: AbortSignal | undefined
  /** Share that is done, 0..1. */
  onProgress?: ((share: number) => void) | undefined
}

export type DiagnosisJob = DiagnosisTask & JobOptions
export type ComparisonJob = ComparisonTask & JobOptions

/** Threads that diagnose runs, so that the engine goes on answering meanwhile. They start with the first job. */
export interface DiagnosisPool {
  /** Rejects with what `signal` was aborted for, or with the diagnosis' own error. */
  run(job: DiagnosisJob): Promise<DiagnosedPoints>
  /** The same for a comparison of several runs. */
  compare(job: ComparisonJob): Promise<AcrossRunsDiagnosis>
  close(): void
}

interface QueuedJob {
  job: DiagnosisJob | ComparisonJob
  resolve: (result: DiagnosedPoints | AcrossRunsDiagnosis) => void
  reject: (reason: unknown) => void
}

const threadEntry = new URL(
  import.meta.url.endsWith('.ts') ? './diagnosisThread.ts' : './diagnosisThread.js',
  import.meta.url,
)

export function createDiagnosisPool(threadCount = Math.min(2, availableParallelism())): DiagnosisPool {
  const queues: Record<DiagnosisJob['priority'], QueuedJob[]> = { foreground: [], background: [] }
  const idle: Worker[] = []
  const busy = new Map<Worker, QueuedJob>()

  function startNext(): void {
    // A background job never takes the last thread: a window's request must not wait behind it.
    const backgroundLimit = Math.max(1, threadCount - 1)
    const next = queues.foreground[0] ?? (busy.size < backgroundLimit ? queues.background[0] : undefined)
    if (!next || busy.size >= threadCount) return
    queues[next.job.priority].shift()
    const thread = idle.pop() ?? new Worker(threadEntry)
    busy.set(thread, next)
    work(thread, next)
    startNext()
  }

  function work(thread: Worker, { job, resolve, reject }: QueuedJob): void {
    const onMessage = (report: DiagnosisReport): void => {
      if (report.kind === 'progress') job.onProgress?.(report.share)
      else if (report.kind === 'result') end(() => resolve(report.result), true)
      else end(() => reject(errorOf(report)), true)
    }
    const onError = (cause: unknown): void => end(() => reject(cause), false)
    const onExit = (code: number): void =>
      end(() => reject(new Error(`A diagnosis thread ended with code ${code}`)), false)
    // The computation is synchronous: only ending its thread stops it at once.
    const onAbort = (): void => end(() => reject(job.signal?.reason), false)
    function end(settle: () => void, isReusable: boolean): void {
      // By name: removing all would take the listeners along by which Node delivers messages.
      thread.off('message', onMessage).off('error', onError).off('exit', onExit)
      job.signal?.removeEventListener('abort', onAbort)
      busy.delete(thread)
      if (isReusable) idle.push(thread)
      else void thread.terminate()
      settle()
      startNext()
    }
    thread.on('message', onMessage).on('error', onError).on('exit', onExit)
    job.signal?.addEventListener('abort', onAbort)
    const task = taskOf(job)
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, which has no origin
    thread.postMessage(task)
  }

  function enqueue(job: QueuedJob['job']): Promise<DiagnosedPoints | AcrossRunsDiagnosis> {
    return new Promise((resolve, reject) => {
      if (job.signal?.aborted) {
        reject(job.signal.reason)
        return
      }
      const queued: QueuedJob = { job, resolve, reject }
      const queue = queues[job.priority]
      queue.push(queued)
      job.signal?.addEventListener(
        'abort',
        () => {
          const place = queue.indexOf(queued)
          if (place < 0) return
          queue.splice(place, 1)
          reject(job.signal?.reason)
        },
        { once: true },
      )
      startNext()
    })
  }

  return {
    run: (job) => enqueue(job) as Promise<DiagnosedPoints>, // what a thread answers a diagnosis task with
    compare: (job) => enqueue(job) as Promise<AcrossRunsDiagnosis>, // ... and a comparison task
    close() {
      const reason = new ErgoscopeError('cancelled', 'The engine is closing')
      for (const { reject } of [...queues.foreground.splice(0), ...queues.background.splice(0), ...busy.values()])
        reject(reason)
      for (const thread of [...idle.splice(0), ...busy.keys()]) void thread.terminate()
    },
  }
}

/** What of a job is sent to a thread: plain data only. */
function taskOf(job: DiagnosisJob | ComparisonJob): DiagnosisTask | ComparisonTask {
  return 'seeds' in job
    ? { seeds: job.seeds, margins: job.margins }
    : { runFolder: job.runFolder, margins: job.margins }
}

function errorOf({ error, stack }: Extract<DiagnosisReport, { kind: 'error' }>): Error {
  if (stack === null) return new ErgoscopeError(error.code, error.message, error.data ? { data: error.data } : {})
  const fault = new Error(error.message)
  fault.stack = stack
  return fault
}
