import { join } from 'node:path'
import { toErrorReport } from '#shared/errors.ts'
import { capLog } from './session/logCap.ts'
import { trainRun, type OpenSession, type TrainRunOptions } from './session/trainRun.ts'
import { workerExitCodes, workerLogName } from './workerConventions.ts'

const maximumLogBytes = 4 * 1024 * 1024
const capLogEveryMs = 10_000
const diskWaitMs = 10 * 60_000

export type WorkerOptions = Pick<TrainRunOptions, 'createTrainer' | 'describeLibraries' | 'onMeasured'> & {
  diskWaitMs?: number
}

/** Runs a worker in this process: trains one run, stops after a checkpoint on SIGTERM or SIGINT, at once on the second, and says in the run file how it ended. */
export async function runWorkerProcess(runFolder: string, options: WorkerOptions): Promise<never> {
  let session: OpenSession | null = null
  let earlySignal: string | null = null
  const log = (line: string): void => void process.stderr.write(`${new Date().toISOString()} ${line}\n`)
  // On a full disk the log cannot grow: what it would have said is in the run file, or lost, but training goes on.
  process.stderr.on('error', () => {})
  const capping = setInterval(() => tryCapLog(join(runFolder, workerLogName)), capLogEveryMs)
  capping.unref()
  process.on('uncaughtException', (cause) => endCrashed(session, cause, log))
  process.on('unhandledRejection', (cause) => endCrashed(session, cause, log))
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => (session ? stopBySignal(session, signal) : void (earlySignal = signal)))
  }
  const onOpen = (opened: OpenSession): void => {
    session = opened
    if (earlySignal) opened.controls.stop(`by ${earlySignal}`)
  }
  try {
    await trainRun(runFolder, { diskWaitMs, ...options, log, onOpen })
    process.exit(workerExitCodes.recorded)
  } catch (cause) {
    endCrashed(session, cause, log)
  }
}

function tryCapLog(file: string): void {
  try {
    capLog(file, maximumLogBytes)
  } catch (cause) {
    process.stderr.write(`the log was not shortened: ${cause instanceof Error ? cause.message : String(cause)}\n`)
  }
}

function stopBySignal(session: OpenSession, signal: 'SIGTERM' | 'SIGINT'): void {
  if (session.controls.stopReason === null) {
    session.controls.stop(`by ${signal}`)
    return
  }
  session.endNow('killed', `by a second ${signal}, without a checkpoint`)
  process.exit(workerExitCodes.recorded)
}

/** The last resort: one line in the run file, the stack in the log. */
function endCrashed(session: OpenSession | null, cause: unknown, log: (line: string) => void): never {
  const report = toErrorReport(cause)
  log(cause instanceof Error ? (cause.stack ?? cause.message) : String(cause))
  if (report.code !== 'internal') {
    log(`not recorded: ${report.message}`)
    process.exit(workerExitCodes.unrecorded)
  }
  try {
    session?.endNow('crashed', oneLine(report.message))
  } catch (recording) {
    log(`not recorded: ${recording instanceof Error ? recording.message : String(recording)}`)
    process.exit(workerExitCodes.crashed)
  }
  process.exit(session ? workerExitCodes.recorded : workerExitCodes.crashed)
}

function oneLine(message: string): string {
  return (message.split('\n')[0] ?? '').slice(0, 300)
}
