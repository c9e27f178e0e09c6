import { parseRecipe } from '#core/recipes/parseRecipe.ts'
import type { Recipe } from '#core/recipes/recipe.ts'
import { openRunReader } from '#engine/runfile/reader.ts'
import { ErgoscopeError } from '#shared/errors.ts'

/** What the run file says about the run that is to be trained. */
export interface SessionRun {
  id: string
  seed: number
  recipe: Recipe
  /** Anything was recorded by an earlier attempt. */
  isContinued: boolean
}

/** Errors: those of a run file that cannot be read; `invalid-recipe` when its recipe does not fit this version. */
export function readSessionRun(runFolder: string): SessionRun {
  const reader = openRunReader(runFolder)
  try {
    const { id, seed, recipeYaml, startedAtMs } = reader.state()
    if (recipeYaml === null)
      throw new ErgoscopeError(
        'cannot-control',
        `the run in ${runFolder} has no recipe: it was not trained here and cannot be continued`,
      )
    const parsed = parseRecipe(recipeYaml)
    if ('problems' in parsed)
      throw new ErgoscopeError('invalid-recipe', parsed.problems.map((problem) => problem.message).join('; '))
    return { id, seed: seed ?? parsed.recipe.seeds[0] ?? 1, recipe: parsed.recipe, isContinued: startedAtMs !== null }
  } finally {
    reader.close()
  }
}
