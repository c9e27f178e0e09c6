import { resolve } from 'node:path'
import { controlRun } from './controlRun.ts'
import { entryPoints } from './entryPoints.ts'
import type { Launcher } from './launching.ts'
import { startRun, startRuns } from './startRun.ts'

/** `workerEntry`: the module that is run as the worker, by its path. */
export function createLauncher(options: { workerEntry?: string } = {}): Launcher {
  const workerEntry = options.workerEntry ?? entryPoints.worker
  return {
    start: (request) => startRun(request, workerEntry),
    startAll: (request) => startRuns(request, workerEntry),
    control: (runFolder, action) => controlRun(resolve(runFolder), action, workerEntry),
  }
}
