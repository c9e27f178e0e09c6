import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { createLauncher } from '#engine/launching/createLauncher.ts'
import { openRunReader } from '#engine/runfile/reader.ts'
import type { RunReader, RunState } from '#engine/runfile/runFile.ts'
import { isLive } from '#shared/run.ts'

export function temporaryFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'ergoscope-launching-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

export function quadraticRecipe(options: {
  steps: number
  checkpointEvery?: number
  learningRate?: number
  schedule?: string
}): string {
  return `name: quadratic
problem: { kind: quadratic, noise: 1 }
optimizer: { learning_rate: ${options.learningRate ?? 0.1}, momentum: 0.5 }
schedule: ${options.schedule ?? '{ kind: constant }'}
steps: ${options.steps}
probes: { full_gradient: { every: 50 }, sketch: { every: 50 } }
checkpoints: { every: ${options.checkpointEvery ?? 500}, keep: 2 }
`
}

export function launcherWith(worker: 'quadratic' | 'slow' | 'throwing' | 'aborting' | 'unprepared') {
  return createLauncher({ workerEntry: join(import.meta.dirname, 'workers', `${worker}.ts`) })
}

export function withReader<Result>(folder: string, read: (reader: RunReader) => Result): Result {
  const reader = openRunReader(folder)
  try {
    return read(reader)
  } finally {
    reader.close()
  }
}

export function stateOf(folder: string): RunState {
  return withReader(folder, (reader) => reader.state())
}

/** Polls until the condition holds. Fails with the last state when the run makes no progress for too long before that: a busy machine is slow, not stuck. */
export async function until(
  folder: string,
  condition: (state: RunState) => boolean,
  withoutProgressMs = 30_000,
): Promise<RunState> {
  let progress = ''
  let deadline = 0
  for (;;) {
    const state = stateOf(folder)
    if (condition(state)) return state
    const { status, steps, attempts } = state
    const now = `${status} ${steps} ${attempts}`
    if (now !== progress) {
      progress = now
      deadline = performance.now() + withoutProgressMs
    }
    if (performance.now() > deadline)
      throw new Error(`no progress: ${JSON.stringify({ ...state, recipeYaml: undefined })}`)
    await delay(40)
  }
}

export function untilEnded(folder: string): Promise<RunState> {
  return until(folder, (state) => !isLive(state.status))
}

/** Ends whatever worker is still behind a run of a test. */
export function endWorker(folder: string): void {
  const { worker, status } = stateOf(folder)
  if (worker && isLive(status)) killIfAlive(worker.pid)
}

export function killIfAlive(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // it has ended by itself
  }
}
