import { existsSync, readFileSync } from 'node:fs'
import { Option, type Command } from 'commander'
import { applyOverrides } from '#core/recipes/overrides.ts'
import { parseRecipe } from '#core/recipes/parseRecipe.ts'
import { createLauncher } from '#engine/launching/createLauncher.ts'
import { ErgoscopeError } from '#shared/errors.ts'
import type { RecipeProblem, StartedRun } from '#shared/contract/training.ts'
import type { RunRow, RunStatus } from '#shared/run.ts'
import { withWorkspace } from '../context.ts'
import { followRuns } from '../followRuns.ts'
import { collect, type CommonOptions, seedList } from '../options.ts'
import { printJson, printLine, say } from '../output.ts'
import { builtInRecipes } from './recipes.ts'

interface TrainOptions extends CommonOptions {
  set: string[]
  seeds?: number[]
  name?: string
  detach?: boolean
}

export function addTrain(program: Command): void {
  program
    .command('train')
    .description(
      'Train by a recipe: a YAML file, or the name of a built-in one. Each run is a process of its own that outlives this command.',
    )
    .argument('<RECIPE>', 'path of a recipe, or a name from `ergoscope recipes`')
    .option(
      '--set <KEY=VALUE>',
      'change a key of the recipe, e.g. optimizer.learning_rate=0.05 (repeatable)',
      collect,
      [],
    )
    .addOption(
      new Option('--seeds <LIST>', 'one run per seed, e.g. 1,2,3; default: those of the recipe').argParser(seedList),
    )
    .option('--name <NAME>', 'name of the run; with several seeds or recipes it is the beginning of each name')
    .option('--detach', 'return at once; the runs go on')
    .action(async (recipe: string, _options, command: Command) => {
      const options = command.optsWithGlobals<TrainOptions>()
      const yamls = recipeTexts(recipe).map((yaml) => withOverrides(yaml, options.set))
      const rows = await train(options, yamls)
      if (options.json)
        printJson({ runs: rows.map(({ id, name, status, steps, path }) => ({ id, name, status, steps, path })) })
      else
        for (const row of rows)
          printLine(
            `${row.name}: ${row.status}${row.statusDetail ? `, ${row.statusDetail}` : ''}; ${row.steps} steps; ${row.path}`,
          )
      if (rows.some((row) => failures.has(row.status))) process.exitCode = 1
    })
}

const failures: ReadonlySet<RunStatus> = new Set(['failed', 'crashed', 'killed', 'lost'])

function recipeTexts(recipe: string): string[] {
  if (existsSync(recipe)) {
    try {
      return [readFileSync(recipe, 'utf8')]
    } catch (cause) {
      throw new ErgoscopeError(
        'not-found',
        `recipe '${recipe}' cannot be read; give a YAML file or a name from \`ergoscope recipes\``,
        { cause },
      )
    }
  }
  return builtInRecipes(recipe).map((found) => found.yaml)
}

function withOverrides(yaml: string, overrides: readonly string[]): string {
  const changed = applyOverrides(yaml, overrides)
  if ('problems' in changed) throw invalidRecipe(changed.problems)
  const parsed = parseRecipe(changed.yaml)
  if ('problems' in parsed) throw invalidRecipe(parsed.problems)
  return changed.yaml
}

function invalidRecipe(problems: readonly RecipeProblem[]): ErgoscopeError {
  return new ErgoscopeError(
    'invalid-recipe',
    problems.map(({ line, message }) => (line === null ? message : `line ${line}: ${message}`)).join('\n'),
  )
}

function train(options: TrainOptions, yamls: readonly string[]): Promise<RunRow[]> {
  return withWorkspace({ ...options, create: true }, async (workspace) => {
    const launcher = createLauncher()
    const started: StartedRun[] = []
    for (const yaml of yamls)
      started.push(
        ...(await launcher.startAll({
          workspacePath: workspace.info().path,
          recipeYaml: yaml,
          name: options.name ?? null,
          seeds: options.seeds ?? [],
        })),
      )
    for (const run of started) say(`${run.name}: ${run.path}`)
    if (options.detach) return started.map((run) => workspace.row(run.id))
    return followRuns(workspace, launcher, started)
  })
}
