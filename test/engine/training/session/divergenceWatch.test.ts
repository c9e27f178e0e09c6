import { expect, it } from 'vitest'
import { createDivergenceWatch } from '#engine/training/session/divergenceWatch.ts'

it('marks the first non-finite loss, and gives up after a hundred in a row', () => {
  const watch = createDivergenceWatch()
  expect(watch.observe(0, 1)).toBe(false)
  expect(watch.observe(1, Number.NaN)).toBe(true)
  expect(watch.isNonFinite).toBe(true)
  expect(watch.observe(2, 0.5)).toBe(false)
  expect(watch.isNonFinite).toBe(false)
  for (let step = 3; step < 102; step += 1) watch.observe(step, Infinity)
  expect(watch.isHopeless).toBe(false)
  watch.observe(102, Infinity)
  expect(watch.isHopeless).toBe(true)
  expect(watch.describe()).toBe('diverged: loss is NaN since step 1')
})
