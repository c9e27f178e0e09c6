import { describe, expect, it } from 'vitest'
import { shortenNames } from '../../../src-core/format/shortenNames.ts'

describe('shortenNames', () => {
  it('cuts long names in their middle, and leaves short ones', () => {
    expect(shortenNames(['quadratic-sgd-s1', 'short'], 11)).toEqual(['quadr…gd-s1', 'short'])
  })

  it('keeps the words that differ where the cut names would be the same', () => {
    const names = ['mnist-noisy-labels-seed1-of-the-grid', 'mnist-noisy-labels-seed2-of-the-grid']
    expect(shortenNames(names, 14)).toEqual(['…seed1…', '…seed2…'])
  })

  it('cuts what differs, too, when it is long', () => {
    const names = [1, 2].map((seed) => `a-${'x'.repeat(10)}${seed}${'y'.repeat(10)}-z`)
    for (const short of shortenNames(names, 12)) expect(Array.from(short).length).toBeLessThanOrEqual(12)
  })

  it('gives equal names the same text', () => {
    expect(shortenNames(['one-long-name', 'one-long-name'], 8)).toEqual(['one-…ame', 'one-…ame'])
  })
})
