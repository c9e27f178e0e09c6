import type { TensorOperations } from './tensorOperations.ts'

export type TensorEngineKind = 'tensorflow-cuda' | 'tensorflow-cpu' | 'javascript'

/** A loaded tensor library. */
export interface TensorEngine {
  readonly kind: TensorEngineKind
  /** Version of the library that computes: TensorFlow's, or that of tfjs for the JavaScript backend. */
  readonly version: string
  /** Version of the JavaScript binding, for the run's record. */
  readonly bindingVersion: string
  /** What it computes on, e.g. `GPU`, `CPU`. */
  readonly devices: readonly string[]
  /** One line when a slower engine than wanted was loaded: why, and what to do. Null when all is well. */
  readonly warning: string | null
  readonly operations: TensorOperations
}

export interface TensorEngineOptions {
  /** Skips TensorFlow: for comparison and for machines where it crashes. */
  javascriptOnly?: boolean
}
