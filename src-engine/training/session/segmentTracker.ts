import type { Segment } from '#shared/run.ts'

export type Hyperparameters = Omit<Segment, 'from' | 'to'>

export interface SegmentTracker {
  /** The segment to begin at this step, or null while the hyper-parameters stay as they were. */
  next(step: number): Omit<Segment, 'to'> | null
}

/**
 * Tells where a new segment begins. With a learning rate that changes at every step there is one segment with `learningRate: null`: no part of it has a constant law.
 * `resumedAt` is the step at which an earlier attempt is continued: its segment goes on.
 */
export function createSegmentTracker(
  hyperparametersAt: (step: number) => Hyperparameters,
  options: { isLearningRateVarying: boolean; resumedAt: number },
): SegmentTracker {
  const at = (step: number): Hyperparameters =>
    options.isLearningRateVarying ? { ...hyperparametersAt(step), learningRate: null } : hyperparametersAt(step)
  let present = options.resumedAt > 0 ? at(options.resumedAt - 1) : null
  return {
    next(step) {
      const hyperparameters = at(step)
      if (present && isSame(present, hyperparameters)) return null
      present = hyperparameters
      return { from: step, ...hyperparameters }
    },
  }
}

function isSame(left: Hyperparameters, right: Hyperparameters): boolean {
  return (
    left.learningRate === right.learningRate &&
    left.momentum === right.momentum &&
    left.nesterov === right.nesterov &&
    left.weightDecay === right.weightDecay &&
    left.batchSize === right.batchSize &&
    left.sampling === right.sampling
  )
}
