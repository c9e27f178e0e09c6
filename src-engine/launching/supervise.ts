import { spawn } from 'node:child_process'
import { workerExitCodes } from '#engine/training/workerConventions.ts'
import type { WorkerEnd } from './recordWorkerEnd.ts'

/**
 * One small process per run, detached from everything: it starts the worker, waits, and writes down how the worker ended if the worker could not.
 * Thus `killed` and `crashed` are exact, with signal or code, even when application, engine and terminal are gone.
 */
const [workerEntry, runFolder] = process.argv.slice(2)
if (workerEntry === undefined || runFolder === undefined) {
  process.stderr.write('usage: supervise WORKER_MODULE RUN_FOLDER\n')
  process.exit(2)
}

/** Loaded only when it is needed: while it waits, the supervisor is a bare Node process. */
async function record(end: Omit<WorkerEnd, 'pid' | 'launchedAtMs'>): Promise<void> {
  if (runFolder === undefined || end.code === workerExitCodes.recorded) return
  const { recordWorkerEnd } = await import('./recordWorkerEnd.ts')
  await recordWorkerEnd(runFolder, { ...end, pid: worker.pid ?? null, launchedAtMs: performance.timeOrigin })
}

const worker = spawn(process.execPath, [workerEntry, runFolder], {
  detached: true,
  stdio: ['ignore', 'inherit', 'inherit'],
})
// The machine shuts down, or somebody ends the run by its process group: the worker stops after a checkpoint, and is waited for.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
  process.on(signal, () => worker.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal))
worker.once('error', (cause) => {
  void record({ code: null, signal: null, spawnError: cause.message })
})
worker.once('exit', (code, signal) => {
  void record({ code, signal, spawnError: null })
})
