import type { Hyperparameters, SegmentRange } from '#core/diagnostics/observables/observables.ts'
import type { RunConfig, Segment } from '#shared/run.ts'

/** The hyper-parameters in a flattened configuration (docs/recipes.md); those that are missing or not of their type are left out. */
export function hyperparametersOf(config: RunConfig): Hyperparameters {
  const number = (key: string): number | null => (typeof config[key] === 'number' ? config[key] : null)
  return compact({
    learningRate: number('learning_rate'),
    momentum: number('momentum'),
    nesterov: typeof config['nesterov'] === 'boolean' ? config['nesterov'] : null,
    dampening: number('dampening'),
    beta1: number('beta1'),
    optimizer: typeof config['optimizer'] === 'string' ? config['optimizer'] : null,
    weightDecay: number('weight_decay'),
    batchSize: number('batch_size'),
    exampleCount: number('example_count'),
    sampling: samplingRule(config['sampling']),
    stepsPerEpoch: number('derived.steps_per_epoch') ?? epochLength(number('example_count'), number('batch_size')),
  })
}

/**
 * Recorded segments as ranges with both ends included. Null when none was recorded, or when one has a learning rate that changes all the time:
 * the diagnostics then find the segments from the learning rates themselves.
 */
export function segmentRangesOf(
  segments: readonly Segment[],
  lastStep: number,
  config: Hyperparameters,
): SegmentRange[] | null {
  if (segments.length === 0 || segments.some((segment) => segment.learningRate === null)) return null
  const ranges = segments.map(({ from, to, ...changing }) => ({
    from,
    to: to === null ? lastStep : to - 1,
    hyperparameters: { ...config, ...compact({ ...changing, sampling: samplingRule(changing.sampling) }) },
  }))
  return ranges.filter((range) => range.to >= range.from)
}

/** Batches of one pass, the last one possibly short. */
function epochLength(exampleCount: number | null, batchSize: number | null): number | null {
  return exampleCount === null || batchSize === null || !(batchSize > 0) ? null : Math.ceil(exampleCount / batchSize)
}

function samplingRule(value: unknown): 'iid' | 'reshuffled' | null {
  return value === 'iid' || value === 'reshuffled' ? value : null
}

type Nullable<Values> = { [Key in keyof Values]: Values[Key] | null }

function compact(values: Nullable<Hyperparameters>): Hyperparameters {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null))
}
