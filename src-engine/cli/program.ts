import { Command, Help, type Option } from 'commander'
import { manual } from '#engine/installation/manual.ts'
import { ergoscopeVersion } from '#engine/installation/version.ts'
import { addCompare } from './commands/compare.ts'
import { addControl } from './commands/control.ts'
import { addDemo } from './commands/demo.ts'
import { addDiagnose } from './commands/diagnose.ts'
import { addDoctor } from './commands/doctor.ts'
import { addEngine } from './commands/engine.ts'
import { addExport } from './commands/export.ts'
import { addImport } from './commands/import.ts'
import { addOpen } from './commands/open.ts'
import { addRecipes } from './commands/recipes.ts'
import { addRuns } from './commands/runs.ts'
import { addSeries } from './commands/series.ts'
import { addShow } from './commands/show.ts'
import { addSql } from './commands/sql.ts'
import { addStats } from './commands/stats.ts'
import { addTrain } from './commands/train.ts'
import { addVerify } from './commands/verify.ts'

const footer = `
RUN is an id, a unique prefix of an id, a name, or the path of a run's folder.
The workspace is --workspace, else $ERGOSCOPE_WORKSPACE, else the enclosing folder that was used as one, else ~/Ergoscope.
Exit code: 0 done, 1 failed, 2 the command line itself is wrong. With --json: one JSON document on stdout (${manual('cli.md')}), messages on stderr.`

export function createProgram(): Command {
  const program = new Command('ergoscope')
    .description(
      'A microscope for training dynamics: did the weights stop, or did they only settle into a distribution?',
    )
    .version(ergoscopeVersion)
    .option('--workspace <DIR>', 'folder of runs')
    .option('--json', 'one JSON document on stdout')
    .showSuggestionAfterError()
    .addHelpText('after', footer)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'ergoscope: ')) })
    .configureHelp({ commandUsage, optionDescription })
  const commands = [
    addDemo,
    addTrain,
    addControl,
    addRecipes,
    addRuns,
    addShow,
    addSeries,
    addStats,
    addDiagnose,
    addCompare,
    addImport,
    addExport,
    addSql,
    addVerify,
    addOpen,
    addDoctor,
    addEngine,
  ]
  for (const add of commands) add(program)
  for (const command of everyCommand(program)) acceptCommonOptions(command)
  return program
}

/** Options that must be given stand before the arguments, as these do. */
function commandUsage(command: Command): string {
  const required = command.options.filter(({ mandatory }) => mandatory).map(({ flags }) => `${flags} `)
  const usage = Help.prototype.commandUsage.call(new Help(), command)
  return usage.replace('[options] ', `[options] ${required.join('')}`)
}

function optionDescription(option: Option): string {
  const description = Help.prototype.optionDescription.call(new Help(), option)
  return option.mandatory ? `${description} (required)` : description
}

function everyCommand(command: Command): Command[] {
  return command.commands.flatMap((child) => [child, ...everyCommand(child)])
}

/** The common options may stand before or after the command's name. */
function acceptCommonOptions(command: Command): void {
  command.exitOverride().option('--workspace <DIR>', 'folder of runs').option('--json', 'one JSON document on stdout')
}
