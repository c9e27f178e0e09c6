import { plannedSteps } from './length.ts'
import { milestoneSteps } from './learningRate.ts'
import type { NetworkRecipe, Recipe } from './recipe.ts'
import type { KeyedProblem } from './recipeProblem.ts'
import { inOneLine } from './recipeProblem.ts'

/** What no single key can say: values that are allowed each but not together. */
export function consistencyProblems(recipe: Recipe): KeyedProblem[] {
  const problems: KeyedProblem[] = []
  if (!('problem' in recipe)) problems.push(...networkProblems(recipe))
  if (recipe.optimizer.nesterov && recipe.optimizer.momentum === 0) {
    problems.push({
      path: ['optimizer', 'nesterov'],
      message: 'optimizer.nesterov: true needs optimizer.momentum above 0; it is 0',
    })
  }
  const duplicate = recipe.seeds.findIndex((seed, index) => recipe.seeds.indexOf(seed) !== index)
  if (duplicate >= 0) {
    problems.push({
      path: ['seeds', duplicate],
      message: `seeds[${duplicate}]: ${recipe.seeds[duplicate]} is named twice; each seed makes one run`,
    })
  }
  if (problems.length === 0) problems.push(...milestoneProblems(recipe))
  return problems
}

function networkProblems(recipe: NetworkRecipe): KeyedProblem[] {
  const problems: KeyedProblem[] = []
  if (recipe.epochs !== undefined && recipe.steps !== undefined) {
    problems.push({
      path: ['steps'],
      message: `steps: ${recipe.steps} stands beside epochs: ${recipe.epochs}; give exactly one of them`,
    })
  }
  if (recipe.epochs === undefined && recipe.steps === undefined) {
    problems.push({
      path: ['epochs'],
      message: 'epochs is missing; give the length of the run as epochs or as steps, a whole number, at least 1',
    })
  }
  if (recipe.sampling === 'reshuffled' && recipe.batch_size > recipe.data.train_count) {
    problems.push({
      path: ['batch_size'],
      message: `batch_size: ${recipe.batch_size} is not allowed with sampling: reshuffled; it must be at most data.train_count, ${recipe.data.train_count}`,
    })
  }
  return problems
}

function milestoneProblems(recipe: Recipe): KeyedProblem[] {
  if (recipe.schedule.kind !== 'steps') return []
  const { milestones } = recipe.schedule
  const length = plannedSteps(recipe)
  const steps = milestoneSteps(recipe)
  const wrong = steps.findIndex((step, index) => step < 1 || step >= length || step <= (steps[index - 1] ?? 0))
  if (wrong < 0) return []
  const allowed = `milestones must ascend and lie inside the run (${length} steps)`
  return [
    {
      path: ['schedule', 'milestones', wrong],
      message: `schedule.milestones[${wrong}]: ${inOneLine(milestones[wrong])} is not allowed; ${allowed}`,
    },
  ]
}
