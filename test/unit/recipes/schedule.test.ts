import { describe, expect, it } from 'vitest'
import { learningRateAt, milestoneSteps } from '#core/recipes/learningRate.ts'
import { plannedSteps, stepsPerEpoch } from '#core/recipes/length.ts'
import { parseRecipe } from '#core/recipes/parseRecipe.ts'

function network(rest: string) {
  const parsed = parseRecipe(
    `data: { kind: mnist, train_count: 1000 }\nmodel: { kind: mlp, hidden: [4] }\noptimizer: { learning_rate: 0.4 }\nbatch_size: 128\n${rest}`,
  )
  if ('problems' in parsed) throw new Error(parsed.problems[0]?.message)
  return parsed.recipe
}

describe('length', () => {
  it('counts whole batches', () => {
    expect(stepsPerEpoch(network('epochs: 10'))).toBe(7)
    expect(plannedSteps(network('epochs: 10'))).toBe(70)
    expect(plannedSteps(network('steps: 33'))).toBe(33)
  })
})

describe('learning rate', () => {
  it('is constant by default', () => {
    expect([0, 1, 69].map((step) => learningRateAt(network('epochs: 10'), step))).toEqual([0.4, 0.4, 0.4])
  })

  it('changes at milestones in epochs where the length is in epochs', () => {
    const recipe = network('epochs: 10\nschedule: { kind: steps, milestones: [2, 5], factor: 0.5 }')
    expect(milestoneSteps(recipe)).toEqual([14, 35])
    expect([13, 14, 34, 35, 69].map((step) => learningRateAt(recipe, step))).toEqual([0.4, 0.2, 0.2, 0.1, 0.1])
  })

  it('changes at milestones in steps where the length is in steps', () => {
    expect(milestoneSteps(network('steps: 100\nschedule: { kind: steps, milestones: [20] }'))).toEqual([20])
  })

  it('follows half a cosine to its final share', () => {
    const recipe = network('steps: 100\nschedule: { kind: cosine, final_share: 0.1 }')
    expect(learningRateAt(recipe, 0)).toBe(0.4)
    expect(learningRateAt(recipe, 50)).toBeCloseTo(0.22, 12)
    expect(learningRateAt(recipe, 100)).toBeCloseTo(0.04, 12)
  })
})
