// Writes resources/recipe.schema.json from the recipe's schema in src-core. Run with Node 24: node scripts/writeRecipeSchema.mjs
import { writeFileSync } from 'node:fs'
import { recipeJsonSchema } from '../src-core/recipes/jsonSchema.ts'

const file = new URL('../resources/recipe.schema.json', import.meta.url)
writeFileSync(file, `${JSON.stringify(recipeJsonSchema(), null, 2)}\n`)
