import { parentPort } from 'node:worker_threads'
import { diagnoseRun } from '#core/diagnostics/diagnoseRun.ts'
import type { RunDiagnosis } from '#core/diagnostics/verdictTypes.ts'
import { openRunReader } from '#engine/runfile/reader.ts'
import { ErgoscopeError, toErrorReport } from '#shared/errors.ts'
import type { DiagnosisReport, DiagnosisTask } from './diagnosisMessages.ts'
import { readObservables } from './readObservables.ts'

// Entry of a thread of the pool. It reads the run file itself: series never pass through the engine's own thread.

function report(message: DiagnosisReport): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- the port of a thread, which has no origin
  parentPort?.postMessage(message)
}

function diagnose({ runFolder, margins }: DiagnosisTask): RunDiagnosis {
  const reader = openRunReader(runFolder)
  try {
    return diagnoseRun(readObservables(reader), { margins, onProgress: (share) => report({ kind: 'progress', share }) })
  } finally {
    reader.close()
  }
}

parentPort?.on('message', (task: DiagnosisTask) => {
  try {
    report({ kind: 'result', diagnosis: diagnose(task) })
  } catch (thrown) {
    const stack = thrown instanceof Error && !(thrown instanceof ErgoscopeError) ? (thrown.stack ?? null) : null
    report({ kind: 'error', error: toErrorReport(thrown), stack })
  }
})
