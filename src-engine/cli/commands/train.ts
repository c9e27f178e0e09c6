import { existsSync, readFileSync } from 'node:fs'
import { Option, type Command } from 'commander'
import { applyOverrides } from '#core/recipes/overrides.ts'
import { parseRecipe } from '#core/recipes/parseRecipe.ts'
import { createLauncher } from '#engine/launching/createLauncher.ts'
import type { Launcher } from '#engine/launching/launching.ts'
import { ErgoscopeError, type ErrorCode } from '#shared/errors.ts'
import type { RecipeProblem, StartedRun } from '#shared/contract/training.ts'
import type { RunRow, RunStatus } from '#shared/run.ts'
import { withWorkspace } from '../context.ts'
import { followRuns } from '../followRuns.ts'
import { countInterruptions } from '../interruptions.ts'
import { collect, type CommonOptions, runName, seedList, splitPair } from '../options.ts'
import { counted, printable, printJson, printLine, say } from '../output.ts'
import { builtInRecipes } from './recipes.ts'

interface TrainOptions extends CommonOptions {
  set?: string[]
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
    .option('--set <KEY=VALUE>', 'change a key of the recipe, e.g. optimizer.learning_rate=0.05 (repeatable)', collect)
    .addOption(
      new Option('--seeds <LIST>', 'one run per seed, e.g. 1,2,3; default: those of the recipe').argParser(seedList),
    )
    .addOption(
      new Option(
        '--name <NAME>',
        'name of the run; with several seeds or recipes it is the beginning of each name',
      ).argParser(runName),
    )
    .option('--detach', 'return at once; the runs go on')
    .action(async (recipe: string, _options, command: Command) => {
      const options = command.optsWithGlobals<TrainOptions>()
      const yamls = recipeTexts(recipe).map((text) => withOverrides(text, options.set ?? []))
      const rows = await train(options, yamls)
      if (options.json)
        printJson({ runs: rows.map(({ id, name, status, steps, path }) => ({ id, name, status, steps, path })) })
      else
        for (const row of rows)
          printLine(
            printable(
              `${row.name}: ${row.status}${row.statusDetail ? `, ${row.statusDetail}` : ''}; ${counted(row.steps, 'step')}; ${row.path}`,
            ),
          )
      if (rows.some((row) => failures.has(row.status))) process.exitCode = 1
    })
}

const failures: ReadonlySet<RunStatus> = new Set(['failed', 'crashed', 'killed', 'lost'])

interface RecipeText {
  yaml: string
  /** Before the messages about it: the path of a file, nothing for a built-in recipe. */
  place: string
}

function recipeTexts(recipe: string): RecipeText[] {
  if (existsSync(recipe)) {
    try {
      return [{ yaml: readFileSync(recipe, 'utf8'), place: `${recipe}: ` }]
    } catch (cause) {
      throw new ErgoscopeError(
        'not-found',
        `recipe '${recipe}' cannot be read; give a YAML file or a name from \`ergoscope recipes\``,
        { cause },
      )
    }
  }
  return builtInRecipes(recipe).map(({ yaml }) => ({ yaml, place: '' }))
}

function withOverrides({ yaml, place }: RecipeText, overrides: readonly string[]): string {
  for (const override of overrides) splitPair(override, '--set', 'optimizer.learning_rate=0.05')
  const changed = applyOverrides(yaml, overrides)
  if ('problems' in changed) throw invalidRecipe(changed.problems, '--set ', 'bad-request')
  const parsed = parseRecipe(changed.yaml)
  if (!('problems' in parsed)) return changed.yaml
  // A line number is of use where the user has the line: in the file as it is.
  const isOwnText = changed.yaml === yaml && place !== ''
  // What was wrong before `--set` is the file's fault.
  const isFileSound = overrides.length > 0 && !('problems' in parseRecipe(yaml))
  throw invalidRecipe(
    isOwnText ? parsed.problems : parsed.problems.map((problem) => ({ ...problem, line: null })),
    isFileSound ? '--set ' : place,
    isFileSound ? 'bad-request' : 'invalid-recipe',
  )
}

function invalidRecipe(problems: readonly RecipeProblem[], place: string, code: ErrorCode): ErgoscopeError {
  const lines = problems.map(({ line, message }) => `${place}${line === null ? message : `line ${line}: ${message}`}`)
  return new ErgoscopeError(code, lines.join('\n'))
}

function train(options: TrainOptions, yamls: readonly string[]): Promise<RunRow[]> {
  return withWorkspace({ ...options, create: true }, async (workspace) => {
    const launcher = createLauncher()
    const interruptions = countInterruptions()
    try {
      const started = await start(launcher, workspace.info().path, options, yamls)
      for (const run of started) say(printable(`${run.name}: ${run.path}`))
      if (options.detach) return started.map((run) => workspace.row(run.id))
      return await followRuns(workspace, launcher, started, interruptions)
    } finally {
      interruptions.end()
    }
  })
}

async function start(
  launcher: Launcher,
  path: string,
  { name, seeds }: TrainOptions,
  yamls: readonly string[],
): Promise<StartedRun[]> {
  const started: StartedRun[] = []
  for (const recipeYaml of yamls)
    started.push(
      ...(await launcher.startAll({ workspacePath: path, recipeYaml, name: name ?? null, seeds: seeds ?? [] })),
    )
  return started
}
