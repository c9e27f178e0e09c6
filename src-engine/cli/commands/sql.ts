import type { Command } from 'commander'
import { queryRunFile } from '#engine/runfile/queryRunFile.ts'
import { manual } from '#engine/installation/manual.ts'
import { withRuns } from '../context.ts'
import type { CommonOptions } from '../options.ts'
import { printable, printJson, printLine } from '../output.ts'

export function addSql(program: Command): void {
  program
    .command('sql')
    .description(
      `Ask a run file a question in SQL; nothing can be changed. Tables and views: ${manual('run-file.md')}.`,
    )
    .argument('<RUN>', 'id, unique prefix of an id, name, or path of a run folder')
    .argument('<SELECT>', `e.g. "SELECT step, value FROM scalars WHERE metric = 'train/loss' LIMIT 5"`)
    .action(async (run: string, statement: string, _options, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions>()
      await withRuns(options, [run], (_workspace, [row]) => {
        if (!row) return
        const { columns, rows } = queryRunFile(row.path, statement)
        if (options.json) printJson({ columns, rows })
        else {
          printLine(columns.map(printable).join('\t'))
          for (const cells of rows)
            printLine(cells.map((cell) => (cell === null ? 'NULL' : printable(String(cell)))).join('\t'))
        }
      })
    })
}
