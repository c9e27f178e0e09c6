import { describe, expect, it } from 'vitest'
import { createRandomStream } from '#core/random/randomStream.ts'
import { createIidSampler, createReshuffledSampler } from '#engine/training/data/batchSampler.ts'

function take(sampler: { next(): Int32Array }, count: number): number[][] {
  return Array.from({ length: count }, () => [...sampler.next()])
}

describe('batch samplers', () => {
  it('reshuffled: each epoch sees every example once, in another order', () => {
    const sampler = createReshuffledSampler(12, 4, createRandomStream(1, 'batches'))
    const first = take(sampler, 3).flat()
    const second = take(sampler, 3).flat()
    expect(first.toSorted((x, y) => x - y)).toEqual(Array.from({ length: 12 }, (_, i) => i))
    expect(second.toSorted((x, y) => x - y)).toEqual(first.toSorted((x, y) => x - y))
    expect(second).not.toEqual(first)
  })

  it('reshuffled: an incomplete last batch is dropped, and a batch never exceeds the data', () => {
    const sampler = createReshuffledSampler(10, 4, createRandomStream(1, 'batches'))
    expect(new Set(take(sampler, 2).flat()).size).toBe(8)
    expect(new Set(take(sampler, 2).flat()).size).toBe(8)
    expect(createReshuffledSampler(3, 8, createRandomStream(1, 'batches')).next()).toHaveLength(3)
  })

  it('i.i.d.: uniform with replacement', () => {
    const sampler = createIidSampler(4, 1000, createRandomStream(2, 'batches'))
    const hits = [0, 0, 0, 0]
    for (const index of take(sampler, 10).flat()) hits[index] = (hits[index] ?? 0) + 1
    for (const hit of hits) expect(Math.abs(hit - 2500)).toBeLessThan(4 * Math.sqrt(10_000 * 0.25 * 0.75))
  })

  it.each([
    ['i.i.d.', createIidSampler],
    ['reshuffled', createReshuffledSampler],
  ])('%s: continues from a saved state in the middle of an epoch', (_name, create) => {
    const sampler = create(10, 3, createRandomStream(7, 'batches'))
    take(sampler, 4)
    const state = sampler.saveState()
    const expected = take(sampler, 7)
    const other = create(10, 3, createRandomStream(7, 'batches'))
    other.restoreState(state)
    expect(take(other, 7)).toEqual(expected)
  })
})
