import { parentPort } from 'node:worker_threads'
import type { AcrossRunsDiagnosis, DiagnosedSeed } from '#core/diagnostics/acrossRuns/acrossRunsTypes.ts'
import { diagnoseAcrossRuns } from '#core/diagnostics/acrossRuns/diagnoseAcrossRuns.ts'
import { diagnoseRun } from '#core/diagnostics/diagnoseRun.ts'
import type { RunObservables } from '#core/diagnostics/observables/observables.ts'
import { openRunReader } from '#engine/runfile/reader.ts'
import { ErgoscopeError, toErrorReport } from '#shared/errors.ts'
import type { ComparisonTask, DiagnosedPoints, DiagnosisReport, DiagnosisTask } from './diagnosisMessages.ts'
import { readObservables } from './readObservables.ts'

// Entry of a thread of the pool. It reads the run file itself: series never pass through the engine's own thread.

function report(message: DiagnosisReport): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- the port of a thread, which has no origin
  parentPort?.postMessage(message)
}

function readRun(runFolder: string): { observables: RunObservables; pointCount: number } {
  const reader = openRunReader(runFolder)
  try {
    return reader.snapshot(() => ({ observables: readObservables(reader), pointCount: reader.state().pointCount }))
  } finally {
    reader.close()
  }
}

function diagnose({ runFolder, margins }: DiagnosisTask): DiagnosedPoints {
  const { observables, pointCount } = readRun(runFolder)
  const onProgress = (share: number): void => report({ kind: 'progress', share })
  return { diagnosis: diagnoseRun(observables, { margins, onProgress }), pointCount }
}

function compare({ seeds, margins }: ComparisonTask): AcrossRunsDiagnosis {
  const read = seeds.map(({ runFolder, ...seed }, i): DiagnosedSeed => {
    report({ kind: 'progress', share: i / seeds.length })
    return { observables: readRun(runFolder).observables, ...seed }
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
