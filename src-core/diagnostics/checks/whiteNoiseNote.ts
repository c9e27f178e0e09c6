import type { Hyperparameters } from '../observables/observables.ts'

/**
 * What to add to a result that rests on a closed form for white (i.i.d.) gradient noise; empty where batches were drawn independently or the sampling is not known.
 * Reshuffling makes the noise of an epoch sum to nearly zero: slow directions then diffuse far less, the forms hold only roughly, relations between measured terms still do.
 */
export function whiteNoiseNote({ sampling }: Hyperparameters): string {
  return sampling === 'reshuffled' ? '; the batches were reshuffled, and this form holds for independent ones only' : ''
}
