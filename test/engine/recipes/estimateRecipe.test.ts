import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { parseRecipe } from '#core/recipes/parseRecipe.ts'
import { estimateRecipe } from '#engine/recipes/estimateRecipe.ts'
import { StepTimer } from '#engine/training/session/stepTimer.ts'
import { recordStepTime } from '#engine/training/stepTimes.ts'

let cache: string
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'ergoscope-cache-'))
  vi.stubEnv('XDG_CACHE_HOME', cache)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(cache, { recursive: true })
})

function recipeOf(steps: number, rest = '') {
  const parsed = parseRecipe(
    `data: { kind: mnist }\nmodel: { kind: mlp, hidden: [32, 32] }\noptimizer: { learning_rate: 0.1 }\nsteps: ${steps}\nprobes: { full_gradient: { every: 100 } }\n${rest}`,
  )
  if ('problems' in parsed) throw new Error(parsed.problems[0]?.message)
  return parsed.recipe
}

it('knows size and length, and no time before the first run', () => {
  const estimate = estimateRecipe(recipeOf(1000))
  expect(estimate).toMatchObject({ parameterCount: 26_506, stepCount: 1000, seconds: null, probeShare: null })
  expect(estimate.memoryBytes).toBeGreaterThan(100e6)
})

it('takes the time from the last run of the same experiment, whatever its length and cadence', () => {
  const timer = new StepTimer()
  for (let step = 0; step < 10; step += 1) timer.addStep(2)
  timer.addProbes({ full_gradient: 50 })
  recordStepTime(recipeOf(10), timer)
  // 1000 steps of 2 ms and 10 probes of 50 ms.
  expect(estimateRecipe(recipeOf(1000))).toMatchObject({ seconds: 2.5, probeShare: 0.2 })
  expect(estimateRecipe(recipeOf(1000, 'batch_size: 64'))).toMatchObject({ seconds: null })
})
