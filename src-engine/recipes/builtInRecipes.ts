import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { parseRecipe } from '#core/recipes/parseRecipe.ts'
import type { RecipeSummary } from '#shared/contract/training.ts'

/** Named groups of recipes that are started together. */
export const recipeGroups: Readonly<
  Record<string, { title: string; description: string; recipes: readonly string[] }>
> = {
  demo: {
    title: 'The demo: settled only in distribution, beside converged',
    description:
      'Trains on noisy and on clean digits, so that a run whose weights never stop stands beside one that converges. At most two minutes on two cores.',
    recipes: ['mnist-noisy-labels', 'mnist-clean'],
  },
}

/** The recipes that come with the program, by name. */
export function listBuiltInRecipes(): RecipeSummary[] {
  const folder = recipesFolder()
  const files = readdirSync(folder).filter((file) => extname(file) === '.yaml')
  const names = files.map((file) => basename(file, '.yaml')).toSorted()
  return names.map((name) => summarise(name, readFileSync(join(folder, `${name}.yaml`), 'utf8')))
}

/** The built-in recipes that a name stands for: one recipe, or those of a group such as `demo`; empty when there is none of that name. */
export function findBuiltInRecipes(name: string): RecipeSummary[] {
  const names = Object.hasOwn(recipeGroups, name) ? recipeGroups[name]?.recipes : [name]
  return listBuiltInRecipes().filter((recipe) => names?.includes(recipe.name))
}

function summarise(name: string, yaml: string): RecipeSummary {
  const parsed = parseRecipe(yaml)
  if ('problems' in parsed)
    throw new Error(`built-in recipe ${name}: ${parsed.problems.map((problem) => problem.message).join('; ')}`)
  return { name, title: parsed.recipe.title, description: parsed.recipe.description, yaml }
}

/** The nearest `resources/recipes` (checkout) or `recipes` (packaged, beside the engine) above this module. */
function recipesFolder(): string {
  for (let folder = import.meta.dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const found = [join(folder, 'resources', 'recipes'), join(folder, 'recipes')].find((candidate) =>
      existsSync(join(candidate, 'mnist-clean.yaml')),
    )
    if (found) return found
  }
  throw new Error(`the built-in recipes are missing: no resources/recipes above ${import.meta.dirname}`)
}
