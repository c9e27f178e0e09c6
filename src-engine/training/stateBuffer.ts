import type { TrainerState } from './trainer.ts'

/** Copies a saved buffer back. Throws when the checkpoint is of another experiment. */
export function restoreBuffer(state: TrainerState, name: string, into: Float32Array | Float64Array): void {
  const saved = state.buffers[name]
  if (!saved || saved.length !== into.length) {
    throw new Error(
      `The checkpoint's ${name} has ${saved?.length ?? 'no'} numbers where this experiment has ${into.length}`,
    )
  }
  into.set(saved)
}

/** A number of a checkpoint's manifest. */
export function manifestNumber(state: TrainerState, name: string): number {
  const value = state.manifest[name]
  if (typeof value !== 'number') throw new Error(`The checkpoint's manifest has no number "${name}"`)
  return value
}
