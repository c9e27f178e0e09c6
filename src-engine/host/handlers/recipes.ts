import { recipeJsonSchema } from '#core/recipes/jsonSchema.ts'
import { parseRecipe } from '#core/recipes/parseRecipe.ts'
import { listBuiltInRecipes } from '#engine/recipes/builtInRecipes.ts'
import { estimateRecipe } from '#engine/recipes/estimateRecipe.ts'
import type { HandlersOf } from '../handlers.ts'

export function createRecipesHandlers(): HandlersOf<'recipes'> {
  return {
    'recipes.list': () => ({ recipes: listBuiltInRecipes() }),
    'recipes.schema': () => ({ schema: recipeJsonSchema() }),
    'recipes.check': ({ yaml }) => {
      const parsed = parseRecipe(yaml)
      if ('problems' in parsed) return { problems: parsed.problems, recipe: null, estimate: null }
      return { problems: [], recipe: parsed.recipe, estimate: estimateRecipe(parsed.recipe) }
    },
  }
}
