import { Worker } from 'node:worker_threads'
import { ErgoscopeError } from '#shared/errors.ts'
import type { FileTaskReport, FileTasks } from './fileTask.ts'

const threadEntry = new URL(
  import.meta.url.endsWith('.ts') ? './fileTaskThread.ts' : './fileTaskThread.js',
  import.meta.url,
)

/**
 * Reads or writes a whole file in a thread of its own, so that the engine goes on answering. Rejects with the task's own error, and with what `signal` was aborted
 * for: the thread is ended then, so that only tasks that leave nothing half-made should be given one.
 */
export function runFileTask<Kind extends keyof FileTasks>(
  kind: Kind,
  input: FileTasks[Kind]['input'],
  signal?: AbortSignal,
): Promise<FileTasks[Kind]['result']> {
  signal?.throwIfAborted()
  const thread = new Worker(threadEntry, { workerData: { kind, input } })
  return new Promise<FileTasks[Kind]['result']>((resolve, reject) => {
    thread.once('message', (report: FileTaskReport) => {
      if (report.isDone) resolve(report.result)
      else reject(errorOf(report))
    })
    thread.once('error', reject)
    thread.once('exit', (code) => reject(new Error(`The thread of ${kind} ended with code ${code}`)))
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
  }).finally(() => void thread.terminate())
}

function errorOf({ error, stack }: Extract<FileTaskReport, { isDone: false }>): Error {
  if (stack === null) return new ErgoscopeError(error.code, error.message, error.data ? { data: error.data } : {})
  const fault = new Error(error.message)
  fault.stack = stack
  return fault
}
