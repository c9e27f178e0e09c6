import { hostname } from 'node:os'
import type { Recipe } from '#core/recipes/recipe.ts'
import { openRunWriter } from '#engine/runfile/writer.ts'
import { readNewestCheckpoint } from '#engine/training/checkpoints/checkpointStore.ts'
import type { Trainer } from '#engine/training/trainer.ts'
import { ErgoscopeError } from '#shared/errors.ts'
import { createDiskReserve } from './diskReserve.ts'
import { RunRecorder } from './runRecorder.ts'
import { createSegmentTracker } from './segmentTracker.ts'
import { readSessionRun, type SessionRun } from './sessionRun.ts'
import { sessionMetrics } from './sessionMetrics.ts'
import { StepTimer } from './stepTimer.ts'
import { TrainingLoop, type LoopEnd } from './trainingLoop.ts'
import { WorkerControls } from './workerControls.ts'

/** Libraries that compute a run, for its record. */
export interface ComputingLibraries {
  /** By program, e.g. `tensorflow`. */
  versions: Record<string, string>
  /** One line when a slower library than wanted was loaded; null when all is well. */
  warning: string | null
}

export interface TrainRunOptions {
  createTrainer(recipe: Recipe, seed: number): Promise<Trainer>
  /** Asked after the trainer was created. */
  describeLibraries(recipe: Recipe): Promise<ComputingLibraries>
  diskWaitMs: number
  log: (line: string) => void
  /** Called once the run is open, so that signals can stop it and a last-resort handler can say how it ended. */
  onOpen(session: OpenSession): void
  /** What steps and probes cost, for estimates. */
  onMeasured(recipe: Recipe, timer: StepTimer): void
}

export interface OpenSession {
  readonly controls: WorkerControls
  /** Ends the run at once with this status; used when there is no time for a checkpoint. */
  endNow(status: 'killed' | 'crashed', detail: string): void
}

/**
 * Trains the run in a folder to its end, from its newest valid checkpoint if it was begun before. The run file says how it ended; the returned end repeats it.
 * Throws only when the end could not be recorded.
 */
export async function trainRun(runFolder: string, options: TrainRunOptions): Promise<LoopEnd> {
  const run = readSessionRun(runFolder)
  const writer = openRunWriter(runFolder)
  const reserve = createDiskReserve(runFolder)
  const recorder = new RunRecorder(writer, {
    reserve,
    diskWaitMs: options.diskWaitMs,
    isStopWanted: () => {
      controls.poll(null)
      return controls.stopReason !== null
    },
    log: options.log,
  })
  const controls = new WorkerControls(runFolder, recorder)
  const finish = (status: LoopEnd['status'] | 'killed' | 'crashed', detail: string): void => {
    reserve.release()
    writer.finish(status, detail, Date.now())
  }
  options.onOpen({ controls, endNow: finish })
  writer.setWorker({ pid: process.pid, startedAtMs: performance.timeOrigin, host: hostname() })
  reserve.take()
  await recorder.commit()
  const end = await trainOpenRun(runFolder, run, { ...options, recorder, controls })
  if (end.detail !== '') options.log(`${end.status}: ${end.detail}`)
  recorder.event('status', null, end.detail === '' ? end.status : `${end.status}: ${end.detail}`)
  finish(end.status, end.detail)
  return end
}

/** Expected failures become the run's end; anything else is a bug and goes up to the last-resort handler. */
async function trainOpenRun(
  runFolder: string,
  run: SessionRun,
  options: TrainRunOptions & { recorder: RunRecorder; controls: WorkerControls },
): Promise<LoopEnd> {
  const { recorder, controls } = options
  try {
    const trainer = await options.createTrainer(run.recipe, run.seed)
    try {
      recordLibraries(recorder, await options.describeLibraries(run.recipe))
      const resumedAt = begin(runFolder, run, trainer, recorder)
      const segments = createSegmentTracker((step) => trainer.hyperparametersAt(step), {
        isLearningRateVarying: run.recipe.schedule.kind === 'cosine',
        resumedAt,
      })
      const timer = new StepTimer()
      const end = await new TrainingLoop({
        runFolder,
        runId: run.id,
        recipe: run.recipe,
        trainer,
        recorder,
        controls,
        segments,
        timer,
      }).run()
      options.onMeasured(run.recipe, timer)
      return end
    } finally {
      trainer.dispose()
    }
  } catch (cause) {
    if (cause instanceof ErgoscopeError) return { status: 'failed', detail: cause.message }
    throw cause
  }
}

function recordLibraries(recorder: RunRecorder, libraries: ComputingLibraries): void {
  for (const [program, version] of Object.entries(libraries.versions)) recorder.writer.setVersion(program, version)
  if (libraries.warning !== null) recorder.event('warning', null, libraries.warning)
}

/** Defines the metrics, continues from the newest valid checkpoint, and says that the run is running. Returns the first step of this attempt. */
function begin(runFolder: string, run: SessionRun, trainer: Trainer, recorder: RunRecorder): number {
  for (const definition of [...trainer.metricDefinitions, ...sessionMetrics(run.recipe)])
    recorder.writer.defineMetric(definition)
  recorder.writer.setConfigValue('derived.parameter_count', trainer.parameterCount)
  const { checkpoint, passedOver } = readNewestCheckpoint(runFolder, run.id)
  for (const line of passedOver) recorder.event('warning', null, line)
  if (checkpoint) trainer.restoreState(checkpoint.state)
  const step = trainer.stepIndex
  if (run.isContinued) {
    const attempt = recorder.writer.beginAttempt(step)
    recorder.event(
      'attempt',
      step,
      `attempt ${attempt} continues ${checkpoint ? `from the checkpoint at step ${step}` : 'from the beginning: there is no usable checkpoint'}`,
    )
  }
  recorder.setStatus('running', '', step)
  return step
}
