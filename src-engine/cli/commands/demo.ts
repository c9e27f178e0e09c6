import type { Command } from 'commander'
import { createLauncher } from '#engine/launching/createLauncher.ts'
import { startDemo } from '#engine/launching/startDemo.ts'
import { ergoscopeCommand } from '#engine/installation/ergoscopeCommand.ts'
import type { RunRow } from '#shared/run.ts'
import { namedWorkspace, withWorkspace } from '../context.ts'
import { followRuns } from '../followRuns.ts'
import type { CommonOptions } from '../options.ts'
import { countInterruptions } from '../interruptions.ts'
import { printJson, printLine, say } from '../output.ts'
import { printDiagnosis } from '../printDiagnosis.ts'
import { hasDisplay } from '../startWindow.ts'
import { diagnose } from './diagnose.ts'

/** The window, or where none can be seen the same as a file. Runs are named by id: a demo that ran twice has each name twice. */
export function whatNext(workspace: string, runs: readonly Pick<RunRow, 'id'>[], canSee = hasDisplay()): string {
  const folder = /^[\w@%+=:,./-]+$/.test(workspace) ? workspace : `'${workspace.replaceAll("'", String.raw`'\''`)}'`
  if (canSee) return `look at them with: ${ergoscopeCommand(`open ${folder}`)}`
  const ids = runs.map(({ id }) => id.slice(0, 8)).join(' ')
  return `without a display for the window, this writes all that it would show as one file for a browser: ${ergoscopeCommand(`diagnose ${ids} --workspace ${folder} --report demo.html`)}`
}

export function addDemo(program: Command): void {
  program
    .command('demo')
    .description('Train the two demo runs, then say what became of their weights (at most two minutes on two cores).')
    .action(async (_options, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions>()
      const launcher = createLauncher()
      const interruptions = countInterruptions()
      const demo = await startDemo(launcher, namedWorkspace(options))
      say(`Training two networks on 10 000 real digits; the runs are in ${demo.workspace}`)
      await withWorkspace({ ...options, workspace: demo.workspace }, async (workspace) => {
        const rows = await followRuns(workspace, launcher, demo.runs, interruptions)
        interruptions.end()
        const diagnoses = await diagnose(workspace, rows, {})
        if (options.json) {
          printJson({ workspace: demo.workspace, runs: diagnoses })
          return
        }
        printLine()
        for (const diagnosis of diagnoses) printDiagnosis(diagnosis)
        printLine(`The runs are in ${demo.workspace}; ${whatNext(demo.workspace, rows)}`)
      })
    })
}
