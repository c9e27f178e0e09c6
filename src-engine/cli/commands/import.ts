import type { Command } from 'commander'
import { importRun } from '#engine/importers/importRun.ts'
import { ErgoscopeError } from '#shared/errors.ts'
import { workspacePath } from '../context.ts'
import { collect, type CommonOptions, parseConfig, parseRoles } from '../options.ts'
import { printJson, printLine, say } from '../output.ts'

interface ImportOptions extends CommonOptions {
  name?: string
  config: string[]
  role: string[]
}

export function addImport(program: Command): void {
  program
    .command('import')
    .description(
      'Import CSV files as runs: a `step` column or the row number; every other numeric column becomes a metric.',
    )
    .argument('<PATH...>', 'CSV files, one run each')
    .option('--name <NAME>', 'name of the run (one file only); default: the name of the file')
    .option(
      '--config <KEY=VALUE>',
      'hyper-parameter for the diagnostics: learning_rate, momentum, weight_decay, batch_size (repeatable)',
      collect,
      [],
    )
    .option(
      '--role <ROLE=COLUMN[,COLUMN...]>',
      'what columns mean to the diagnostics, see docs/cli.md (repeatable)',
      collect,
      [],
    )
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
        roles: parseRoles(options.role),
        config: parseConfig(options.config),
      }
      const runs = []
      for (const path of paths) {
        const { run, stepCount, pointCount, warnings } = await importRun({ ...request, path, nowMs: Date.now() })
        runs.push({
          id: run.id,
          name: run.name,
          status: 'finished',
          steps: stepCount,
          path: run.path,
          points: pointCount,
          warnings,
        })
        for (const warning of warnings) say(`${path}: ${warning}`)
        if (!options.json) printLine(`imported ${run.name}: ${pointCount} points, ${stepCount} steps, ${run.path}`)
      }
      if (options.json) printJson({ runs })
    })
}
