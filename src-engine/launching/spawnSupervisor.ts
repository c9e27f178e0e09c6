import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { join, parse } from 'node:path'
import { workerLogName } from '#engine/training/workerConventions.ts'
import { entryPoints } from './entryPoints.ts'
import { threadsVariable } from './workerThreads.ts'

/** Starts supervisor and worker of a run in a session of their own, with the run's worker.log as output: nothing ties them to this process. */
export function spawnSupervisor(runFolder: string, workerEntry: string, threads: number): ChildProcess {
  const log = openSync(join(runFolder, workerLogName), 'a')
  try {
    const supervisor = spawn(process.execPath, [entryPoints.supervisor, workerEntry, runFolder], {
      // Not in the run's folder, nor where this process happens to be: neither is to be kept busy.
      cwd: parse(runFolder).root,
      detached: true,
      stdio: ['ignore', log, log],
      env: { ...process.env, NODE_NO_WARNINGS: '1', [threadsVariable]: String(threads) },
    })
    supervisor.unref()
    return supervisor
  } finally {
    closeSync(log)
  }
}
