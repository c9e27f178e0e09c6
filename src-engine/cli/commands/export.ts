import { Option, type Command } from 'commander'
import { formatBytes } from '#core/format/formatQuantity.ts'
import { requireFilePlace } from '#engine/workspace/requireFilePlace.ts'
import { withRuns } from '../context.ts'
import type { CommonOptions } from '../options.ts'
import { counted, printJson, printLine } from '../output.ts'

interface ExportOptions extends CommonOptions {
  format: 'csv' | 'jsonl'
  output: string
  metric: string[]
}

export function addExport(program: Command): void {
  program
    .command('export')
    .description('Write all points of runs to a file.')
    .argument('<RUN...>', 'id, unique prefix of an id, name, or path of a run folder')
    .addOption(new Option('--format <FORMAT>', 'format of the file').choices(['csv', 'jsonl']).default('csv'))
    .addOption(new Option('--metric <METRIC...>', 'only these metrics').default([], 'all'))
    .requiredOption('--output <FILE>', 'file to write; an existing one is replaced')
    .action(async (runs: string[], _options, command: Command) => {
      const options = command.optsWithGlobals<ExportOptions>()
      requireFilePlace(options.output, `--output ${options.output}`)
      await withRuns(options, runs, async (workspace, rows) => {
        const runIds = rows.map((row) => row.id)
        const result = await workspace.exportSeries({
          runIds,
          metrics: options.metric,
          format: options.format,
          path: options.output,
        })
        if (options.json) printJson({ path: result.path, points: result.pointCount, bytes: result.bytes })
        else printLine(`${result.path}: ${counted(result.pointCount, 'point')}, ${formatBytes(result.bytes)}`)
      })
    })
}
