import { parentPort } from 'node:worker_threads'
import type { AcrossRunsDiagnosis, DiagnosedSeed } from '#core/diagnostics/acrossRuns/acrossRunsTypes.ts'
import { diagnoseAcrossRuns } from '#core/diagnostics/acrossRuns/diagnoseAcrossRuns.ts'
import { diagnoseRun } from '#core/diagnostics/diagnoseRun.ts'
import type { RunObservables } from '#core/diagnostics/observables/observables.ts'
import type { RunDiagnosis } from '#core/diagnostics/verdict/verdictTypes.ts'
import { openRunReader } from '#engine/runfile/reader.ts'
import { ErgoscopeError, toErrorReport } from '#shared/errors.ts'
import type { ComparisonTask, DiagnosisReport, DiagnosisTask } from './diagnosisMessages.ts'
import { readObservables } from './readObservables.ts'

// Entry of a thread of the pool. It reads the run file itself: series never pass through the engine's own thread.

function report(message: DiagnosisReport): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- the port of a thread, which has no origin
  parentPort?.postMessage(message)
}

function observablesOf(runFolder: string): RunObservables {
  const reader = openRunReader(runFolder)
  try {
    return readObservables(reader)
  } finally {
    reader.close()
  }
}

function diagnose({ runFolder, margins }: DiagnosisTask): RunDiagnosis {
  return diagnoseRun(observablesOf(runFolder), { margins, onProgress: (share) => report({ kind: 'progress', share }) })
}

function compare({ seeds, margins }: ComparisonTask): AcrossRunsDiagnosis {
  const read = seeds.map(({ runFolder, ...seed }, i): DiagnosedSeed => {
    report({ kind: 'progress', share: i / seeds.length })
    return { observables: observablesOf(runFolder), ...seed }
  })
  return diagnoseAcrossRuns(read, { margins })
}

parentPort?.on('message', (task: DiagnosisTask | ComparisonTask) => {
  try {
    report({ kind: 'result', result: 'seeds' in task ? compare(task) : diagnose(task) })
  } catch (thrown) {
    const stack = thrown instanceof Error && !(thrown instanceof ErgoscopeError) ? (thrown.stack ?? null) : null
    report({ kind: 'error', error: toErrorReport(thrown), stack })
  }
})
