import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { recipeJsonSchema } from '#core/recipes/jsonSchema.ts'
import { parseRecipe } from '#core/recipes/parseRecipe.ts'
import { findBuiltInRecipes, listBuiltInRecipes } from '#engine/recipes/builtInRecipes.ts'

describe('built-in recipes', () => {
  it('are those that the documentation names', () => {
    expect(listBuiltInRecipes().map((recipe) => recipe.name)).toEqual([
      'edge-of-stability',
      'limit-cycle',
      'mnist-clean',
      'mnist-noisy-labels',
      'mnist-noisy-labels-decay',
      'norm-equilibrium',
      'quadratic-sgd',
    ])
  })

  it.each(listBuiltInRecipes())(
    '$name is right, says what it shows, and is called as its file',
    ({ name, title, description, yaml }) => {
      expect(parseRecipe(yaml)).toMatchObject({ recipe: { name, title } })
      expect(title).not.toBe('')
      expect(description.length).toBeGreaterThan(60)
    },
  )

  it('make a group for the demo', () => {
    expect(
      findBuiltInRecipes('demo')
        .map((recipe) => recipe.name)
        .toSorted(),
    ).toEqual(['mnist-clean', 'mnist-noisy-labels'])
    expect(findBuiltInRecipes('mnist-clean')).toHaveLength(1)
    expect(findBuiltInRecipes('toString')).toEqual([])
  })
})

it('publishes the schema as it is: run "node scripts/writeRecipeSchema.mjs" after changing it', () => {
  const published: unknown = JSON.parse(
    readFileSync(new URL('../../../resources/recipe.schema.json', import.meta.url), 'utf8'),
  )
  expect(published).toEqual(JSON.parse(JSON.stringify(recipeJsonSchema())))
})
