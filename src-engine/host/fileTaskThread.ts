import { parentPort, workerData } from 'node:worker_threads'
import { openRunReader } from '#engine/runfile/reader.ts'
import { ErgoscopeError, toErrorReport } from '#shared/errors.ts'
import type { FileTask, FileTaskReport } from './fileTask.ts'

// Entry of the thread of one task: SQLite is synchronous, a large file takes seconds, and so do the figures of a report.

async function perform(task: FileTask): Promise<FileTaskReport> {
  try {
    if (task.kind === 'verify') return { isDone: true, result: verify(task.input.runFolder) }
    if (task.kind === 'report') {
      const { writeReport } = await import('#engine/reporting/writeReport.ts')
      return { isDone: true, result: writeReport(task.input.data, task.input.path) }
    }
    const { importRun } = await import('#engine/importers/importRun.ts')
    return { isDone: true, result: await importRun(task.input) }
  } catch (thrown) {
    const stack = thrown instanceof Error && !(thrown instanceof ErgoscopeError) ? (thrown.stack ?? null) : null
    return { isDone: false, error: toErrorReport(thrown), stack }
  }
}

function verify(runFolder: string) {
  const reader = openRunReader(runFolder)
  try {
    return reader.verify()
  } finally {
    reader.close()
  }
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- the port of a thread, which has no origin
parentPort?.postMessage(await perform(workerData as FileTask)) // what runFileTask gives to the thread
