import type { MetricDefinition } from '#engine/runfile/runFile.ts'
import type { Segment } from '#shared/run.ts'

/** Names of the probes that a recipe can ask for, each with its own cadence. */
export type ProbeName =
  | 'full_gradient'
  | 'gradient_noise'
  | 'sharpness'
  | 'spectral_density'
  | 'balance'
  | 'validation'
  | 'sketch'

export interface StepOutcome {
  /** Mean loss of the training batch at the weights before the update. NaN and infinities are data. */
  loss: number
  /** Per-step scalars by metric name (`train/loss`, `train/learning_rate`, ...). */
  scalars: Record<string, number>
}

export interface ProbeOutcome {
  scalars: Record<string, number>
  vectors: Record<string, Float64Array>
  /** Milliseconds by probe name, for the cost display. */
  costMs: Partial<Record<ProbeName, number>>
}

/** Everything needed to continue bit for bit: weights, optimizer buffers, every random generator. */
export interface TrainerState {
  /** Plain JSON data: step, random states, scalars. */
  manifest: Record<string, unknown>
  buffers: Record<string, Float32Array | Float64Array | Int32Array>
}

/**
 * One experiment under way: model, data, optimizer and probes behind one face. Knows nothing of files, processes or clocks but for measuring probe costs.
 * Deterministic by seed on the CPU.
 */
export interface Trainer {
  readonly parameterCount: number
  readonly plannedSteps: number
  /** Steps per epoch; 0 where the problem has no data set. */
  readonly stepsPerEpoch: number
  /** Steps taken so far: the index of the next step. */
  readonly stepIndex: number
  readonly metricDefinitions: readonly MetricDefinition[]
  /** Hyper-parameters in force at a step. */
  hyperparametersAt(step: number): Omit<Segment, 'from' | 'to'>
  /** One optimizer step on the next batch. */
  step(): StepOutcome
  /** Probes at the present (frozen) weights, on separately drawn batches; never disturbs the training's random stream. */
  probe(names: readonly ProbeName[]): ProbeOutcome
  saveState(): TrainerState
  restoreState(state: TrainerState): void
  dispose(): void
}
