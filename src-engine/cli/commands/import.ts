import { existsSync } from 'node:fs'
import { type Command, Option } from 'commander'
import { scalarRoles, vectorRoles } from '#core/diagnostics/observables/observables.ts'
import { type ImportRequest, importRun } from '#engine/importers/importRun.ts'
import { requireRoles } from '#engine/importers/roles.ts'
import { manual } from '#engine/installation/manual.ts'
import { openWorkspace } from '#engine/workspace/openWorkspace.ts'
import { ErgoscopeError } from '#shared/errors.ts'
import { workspacePath } from '../context.ts'
import { helpList } from '../helpList.ts'
import { importedConfig } from '../importedConfig.ts'
import { collect, type CommonOptions, parseRoles, runName } from '../options.ts'
import { counted, printable, printJson, printLine, say } from '../output.ts'

interface ImportOptions extends CommonOptions {
  name?: string
  config?: string[]
  role?: string[]
}

export function addImport(program: Command): void {
  program
    .command('import')
    .description(
      'Import CSV files as runs: a `step` column or the row number; every other numeric column becomes a metric.',
    )
    .argument('<PATH...>', 'CSV files, one run each')
    .addOption(
      new Option('--name <NAME>', 'name of the run (one file only); default: the name of the file').argParser(runName),
    )
    .option(
      '--config <KEY=VALUE>',
      'hyper-parameter for the diagnostics, e.g. learning_rate=0.1; also momentum, weight_decay, batch_size, nesterov, sampling (repeatable)',
      collect,
    )
    .option(
      '--role <ROLE=COLUMN[,COLUMN...]>',
      `what columns mean to the diagnostics, a name with a comma in quotes, see ${manual('cli.md')} (repeatable)`,
      collect,
    )
    .addHelpText('after', () => `\nRoles (meanings: ${manual('cli.md')}):\n${roleLists()}`)
    .action(async (paths: string[], _options, command: Command) => {
      const options = command.optsWithGlobals<ImportOptions>()
      if (options.name !== undefined && paths.length > 1)
        throw new ErgoscopeError(
          'bad-request',
          `--name '${options.name}' names one run, but ${paths.length} files are given`,
        )
      const request = {
        workspacePath: workspacePath(options),
        name: options.name,
        roles: parseRoles(options.role ?? []),
        config: importedConfig(options.config ?? []),
      }
      requireRoles(request.roles)
      const runs: ImportedRun[] = []
      const namesBefore = await namesIn(request.workspacePath)
      for (const path of paths) {
        const takenNames = [...namesBefore, ...runs.map(({ name }) => name)]
        const run = await importOne({ ...request, takenNames, path, nowMs: Date.now() }, paths.length > 1)
        if (run) runs.push(run)
        if (run && !options.json) printLine(printable(summary(run)))
      }
      if (options.json) printJson({ runs })
      if (runs.length < paths.length) process.exitCode = 1
    })
}

function roleLists(): string {
  return helpList([
    ['one column', scalarRoles],
    ['any number of columns', vectorRoles],
  ])
}

/** Names of the runs of a workspace, which may not exist yet. */
async function namesIn(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return []
  const workspace = await openWorkspace(folder)
  try {
    return workspace.list({}).runs.map(({ name }) => name)
  } finally {
    workspace.close()
  }
}

interface ImportedRun {
  id: string
  name: string
  status: 'finished'
  steps: number
  path: string
  points: number
  stepSource: string
  warnings: string[]
}

/** Null, with one line on stderr, where one of several files cannot be imported: the others are. */
async function importOne(request: ImportRequest, isOneOfSeveral: boolean): Promise<ImportedRun | null> {
  try {
    const { run, stepCount, pointCount, stepSource, warnings } = await importRun(request)
    for (const warning of warnings) say(printable(`${request.path}: ${warning}`))
    return { ...run, status: 'finished', steps: stepCount, points: pointCount, stepSource, warnings }
  } catch (cause) {
    if (!isOneOfSeveral || !(cause instanceof ErgoscopeError)) throw cause
    say(printable(`ergoscope: ${cause.message}`))
    return null
  }
}

function summary({ name, points, steps, stepSource, path }: ImportedRun): string {
  return `imported ${name}: ${counted(points, 'point')} up to step ${steps - 1} (${stepSource}), ${path}`
}
