import type { Command } from 'commander'
import { findBuiltInRecipes, listBuiltInRecipes, recipeGroups } from '#engine/recipes/builtInRecipes.ts'
import { ErgoscopeError } from '#shared/errors.ts'
import type { RecipeSummary } from '#shared/contract/training.ts'
import type { CommonOptions } from '../options.ts'
import { printJson, printLine, printTable } from '../output.ts'

export function addRecipes(program: Command): void {
  const recipes = program
    .command('recipes')
    .description('List the built-in recipes; `recipes show NAME` prints one to start from.')
  recipes.action((_options, command: Command) => {
    const list = [...listBuiltInRecipes(), ...Object.entries(recipeGroups).map(([name, group]) => ({ name, ...group }))]
    if (command.optsWithGlobals<CommonOptions>().json)
      printJson(list.map(({ name, title, description }) => ({ name, title, description })))
    else {
      printTable(
        [
          { title: 'NAME', cell: (recipe) => recipe.name },
          { title: 'WHAT IT SHOWS', cell: (recipe) => recipe.title },
        ],
        list,
      )
    }
  })
  recipes
    .command('show')
    .description('Print the YAML of a built-in recipe.')
    .argument('<NAME>', 'name of the recipe')
    .action((name: string, _options, command: Command) => {
      const found = builtInRecipes(name)
      if (command.optsWithGlobals<CommonOptions>().json) printJson(found.length === 1 ? found[0] : found)
      else printLine(found.map((recipe) => recipe.yaml.trimEnd()).join('\n---\n'))
    })
}

/** The recipes that a name stands for; several for a group such as `demo`. */
export function builtInRecipes(name: string): RecipeSummary[] {
  const found = findBuiltInRecipes(name)
  if (found.length > 0) return found
  const known = [...listBuiltInRecipes().map((recipe) => recipe.name), ...Object.keys(recipeGroups)]
  throw new ErgoscopeError('not-found', `no recipe '${name}': neither a file nor one of ${known.join(', ')}`)
}
