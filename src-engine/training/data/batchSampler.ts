import { shuffle } from '#core/random/randomGenerator.ts'
import type { RandomStream } from '#core/random/randomStream.ts'

/** Which examples a step sees. */
export interface BatchSampler {
  /** Indices of the next batch. The array is reused by the next call. */
  next(): Int32Array
  saveState(): BatchSamplerState
  restoreState(state: BatchSamplerState): void
}

export interface BatchSamplerState {
  randomPosition: number
  /** First index of `order` that the next batch takes; 0 for independent draws. */
  offset: number
  /** This epoch's order of the examples; empty for independent draws. */
  order: Int32Array
}

/** Every index independent and uniform, with replacement. */
export function createIidSampler(exampleCount: number, batchSize: number, random: RandomStream): BatchSampler {
  const batch = new Int32Array(batchSize)
  return {
    next: () => {
      for (let i = 0; i < batchSize; i += 1) batch[i] = random.integer(exampleCount)
      return batch
    },
    saveState: () => ({ randomPosition: random.position(), offset: 0, order: new Int32Array(0) }),
    restoreState: (state) => {
      random.seek(state.randomPosition)
    },
  }
}

/** All examples in a new random order each epoch; an incomplete last batch is dropped. A batch larger than the data holds all of it. */
export function createReshuffledSampler(exampleCount: number, batchSize: number, random: RandomStream): BatchSampler {
  const size = Math.min(batchSize, exampleCount)
  const order = Int32Array.from({ length: exampleCount }, (_, index) => index)
  let offset = exampleCount
  return {
    next: () => {
      if (offset + size > exampleCount) {
        shuffle(order, random)
        offset = 0
      }
      offset += size
      return order.subarray(offset - size, offset)
    },
    saveState: () => ({ randomPosition: random.position(), offset, order: order.slice() }),
    restoreState: (state) => {
      random.seek(state.randomPosition)
      offset = state.offset
      order.set(state.order)
    },
  }
}
