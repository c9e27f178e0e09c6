import type { SgdSettings } from '../optimizers/sgd.ts'
import type { LayerSlice } from '../models/parameterLayout.ts'
import type { LossAndAccuracy, TrainingLoss } from '../trainingLoss.ts'

export interface FullGradient extends LossAndAccuracy {
  /** ∇f over all training examples, without weight decay. */
  gradient: Float64Array
}

/** What the probes of a network see: frozen weights and their own random streams. */
export interface ProbeContext {
  readonly loss: TrainingLoss
  readonly layers: readonly LayerSlice[]
  readonly weights: Float32Array
  /** Momentum buffer before the next step. */
  readonly buffer: Float32Array
  readonly settings: Readonly<SgdSettings>
  readonly batchSize: number
  /** Indices of `count` independent batches of the training's size, drawn for this probe at this step: the same whatever else is probed. */
  independentBatches(purpose: string, count: number): Int32Array[]
  /** Exact pass over the training set, made at most once per probe. */
  fullGradient(): FullGradient
}
