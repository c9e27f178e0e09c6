import { Argument, type Command } from 'commander'
import { createLauncher } from '#engine/launching/createLauncher.ts'
import { type ControlAction, controlActionSchema } from '#shared/contract/training.ts'
import { withRuns } from '../context.ts'
import type { CommonOptions } from '../options.ts'
import { printable, printJson, printLine } from '../output.ts'

export function addControl(program: Command): void {
  program
    .command('control')
    .description(
      'Pause, stop (after a checkpoint) or resume a run, or ask it for a probe or a checkpoint now. `resume` goes on after a pause, or from the newest checkpoint of a run that stopped, failed, crashed, was killed or lost.',
    )
    .argument('<RUN>', 'id, unique prefix of an id, name, or path of a run folder')
    .addArgument(new Argument('<ACTION>', 'what to do').choices(controlActionSchema.options))
    .action(async (run: string, action: ControlAction, _options, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions>()
      await withRuns(options, [run], async (workspace, [row]) => {
        if (!row) return
        const message = await createLauncher().control(row.path, action)
        const { id, name, status, steps, path } = workspace.row(row.id)
        if (options.json) printJson({ id, name, status, steps, path, message })
        else printLine(printable(message))
      })
    })
}
