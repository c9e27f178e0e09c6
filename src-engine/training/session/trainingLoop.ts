import { setTimeout as delay } from 'node:timers/promises'
import type { Recipe } from '#core/recipes/recipe.ts'
import { explainWriteError } from '#engine/files/sqliteErrors.ts'
import { pruneCheckpoints, saveCheckpoint } from '#engine/training/checkpoints/checkpointStore.ts'
import type { ProbeName, Trainer } from '#engine/training/trainer.ts'
import { ErgoscopeError } from '#shared/errors.ts'
import { createDivergenceWatch, type DivergenceWatch } from './divergenceWatch.ts'
import { createProbeSchedule, type ProbeSchedule } from './probeSchedule.ts'
import type { RunRecorder } from './runRecorder.ts'
import type { SegmentTracker } from './segmentTracker.ts'
import type { StepTimer } from './stepTimer.ts'
import type { WorkerControls } from './workerControls.ts'

const pauseTurnMs = 50

export interface LoopParts {
  runFolder: string
  runId: string
  recipe: Recipe
  trainer: Trainer
  recorder: RunRecorder
  controls: WorkerControls
  segments: SegmentTracker
  timer: StepTimer
}

export interface LoopEnd {
  status: 'finished' | 'stopped' | 'failed'
  detail: string
}

/** Probes, steps, records, checkpoints, and listens, until the last step, a stop, or a loss that stays non-finite. */
export class TrainingLoop {
  readonly #parts: LoopParts
  readonly #probes: ProbeSchedule
  readonly #divergence: DivergenceWatch = createDivergenceWatch()
  /** Probes already taken at the present weights: none is recorded twice for one step. */
  #takenHere = new Set<ProbeName>()
  #lastCheckpointStep: number

  constructor(parts: LoopParts) {
    this.#parts = parts
    this.#probes = createProbeSchedule(parts.recipe, parts.trainer.plannedSteps)
    this.#lastCheckpointStep = parts.trainer.stepIndex
  }

  async run(): Promise<LoopEnd> {
    const { trainer, controls, recorder } = this.#parts
    controls.poll(trainer.stepIndex)
    while (trainer.stepIndex < trainer.plannedSteps) {
      if (controls.isTurnDue()) await controls.takeTurn(trainer.stepIndex)
      await this.#answerRequests()
      if (controls.stopReason) return this.#endStopped(controls.stopReason)
      this.#takeProbes(this.#probes.dueAt(trainer.stepIndex))
      this.#takeStep()
      if (this.#divergence.isHopeless) return { status: 'failed', detail: this.#divergence.describe() }
      if (trainer.stepIndex % this.#parts.recipe.checkpoints.every === 0) await this.#checkpoint()
      if (recorder.isCommitDue()) await this.#commit()
    }
    await this.#checkpoint()
    return { status: 'finished', detail: this.#divergence.describe() }
  }

  async #answerRequests(): Promise<void> {
    const { controls, trainer, recorder } = this.#parts
    if (controls.isProbeWanted) {
      controls.isProbeWanted = false
      this.#takeProbes(this.#probes.names)
      recorder.event('probe', trainer.stepIndex, 'probed by request')
      await this.#commit()
    }
    if (controls.isCheckpointWanted) {
      controls.isCheckpointWanted = false
      await this.#checkpoint()
    }
    if (controls.isPaused && !controls.stopReason) await this.#pause()
  }

  async #pause(): Promise<void> {
    const { controls, trainer, recorder } = this.#parts
    recorder.setStatus('paused', `at step ${trainer.stepIndex}`, trainer.stepIndex)
    await this.#commit()
    while (controls.isPaused && !controls.stopReason) {
      await delay(pauseTurnMs)
      await controls.takeTurn(trainer.stepIndex)
      if (controls.isProbeWanted || controls.isCheckpointWanted) await this.#answerWhilePaused()
      if (recorder.isCommitDue()) await this.#commit()
    }
    if (controls.stopReason) return
    recorder.setStatus('running', '', trainer.stepIndex)
    await this.#commit()
  }

  async #answerWhilePaused(): Promise<void> {
    const { controls } = this.#parts
    controls.isPaused = false
    await this.#answerRequests()
    controls.isPaused = true
  }

  #takeProbes(names: readonly ProbeName[]): void {
    const { trainer, recorder, timer } = this.#parts
    const wanted = names.filter((name) => !this.#takenHere.has(name))
    // Curvature of weights that are not finite means nothing, and costs the most.
    if (wanted.length === 0 || this.#divergence.isNonFinite) return
    const step = trainer.stepIndex
    const outcome = trainer.probe(wanted)
    const costs = Object.fromEntries(
      Object.entries(outcome.costMs).map(([name, costMs]) => [`cost/${name}_ms`, costMs]),
    )
    recorder.scalars(step, { ...outcome.scalars, ...costs })
    for (const [metric, values] of Object.entries(outcome.vectors)) recorder.vector(step, metric, values)
    timer.addProbes(outcome.costMs)
    for (const name of wanted) this.#takenHere.add(name)
  }

  #takeStep(): void {
    const { trainer, recorder, segments, timer } = this.#parts
    const step = trainer.stepIndex
    const segment = segments.next(step)
    if (segment) {
      recorder.writer.beginSegment(segment)
      if (step > 0)
        recorder.event(
          'segment',
          step,
          `learning rate ${segment.learningRate === null ? 'changes at every step' : Number(segment.learningRate.toPrecision(6))}`,
        )
    }
    const startedMs = performance.now()
    const outcome = trainer.step()
    timer.addStep(performance.now() - startedMs)
    recorder.scalars(step, outcome.scalars)
    this.#takenHere.clear()
    if (this.#divergence.observe(step, outcome.loss))
      recorder.event('divergence', step, `loss is ${outcome.loss} at step ${step}`)
  }

  async #commit(): Promise<void> {
    const { recorder, timer, trainer } = this.#parts
    const stepMs = timer.takeMeanStepMs()
    if (stepMs !== null) recorder.scalars(trainer.stepIndex - 1, { 'train/step_ms': stepMs })
    await recorder.commit()
  }

  /** Everything before the checkpoint's step is committed first, so that a resumed run never has a gap. */
  async #checkpoint(): Promise<void> {
    const { runFolder, runId, trainer, recorder, recipe } = this.#parts
    await this.#commit()
    const step = trainer.stepIndex
    if (step === this.#lastCheckpointStep || this.#divergence.isNonFinite) return
    try {
      const stored = saveCheckpoint(runFolder, { runId, step, state: trainer.saveState() })
      recorder.writer.addCheckpoint({ step, wallTimeMs: Date.now(), ...stored })
      for (const file of pruneCheckpoints(runFolder, step, recipe.checkpoints.keep))
        recorder.writer.removeCheckpoint(file)
      this.#lastCheckpointStep = step
    } catch (thrown) {
      const cause = explainWriteError(thrown, runFolder)
      if (!(cause instanceof ErgoscopeError && cause.code === 'disk-full')) throw cause
      recorder.event('warning', step, `checkpoint at step ${step} was not written: the disk is full`)
    }
    await recorder.commit()
  }

  async #endStopped(reason: string): Promise<LoopEnd> {
    const { trainer } = this.#parts
    await this.#checkpoint()
    return { status: 'stopped', detail: `${reason}, after ${trainer.stepIndex} of ${trainer.plannedSteps} steps` }
  }
}
