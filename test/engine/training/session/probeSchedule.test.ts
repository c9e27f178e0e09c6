import { expect, it } from 'vitest'
import { parseRecipe } from '#core/recipes/parseRecipe.ts'
import { createProbeSchedule } from '#engine/training/session/probeSchedule.ts'

it('takes each probe at step 0, at its cadence, and at the last step', () => {
  const parsed = parseRecipe(
    'problem: { kind: quadratic }\noptimizer: { learning_rate: 0.1 }\nsteps: 96\nprobes: { full_gradient: { every: 10 }, sharpness: { every: 40 } }',
  )
  if ('problems' in parsed) throw new Error(parsed.problems[0]?.message)
  const schedule = createProbeSchedule(parsed.recipe, 96)
  expect(schedule.names).toEqual(['full_gradient', 'sharpness'])
  expect(Object.fromEntries([0, 1, 10, 40, 95].map((step) => [step, schedule.dueAt(step)]))).toEqual({
    0: ['full_gradient', 'sharpness'],
    1: [],
    10: ['full_gradient'],
    40: ['full_gradient', 'sharpness'],
    95: ['full_gradient', 'sharpness'],
  })
})
