import type { Command } from 'commander'
import { withRuns, withWorkspace } from '../context.ts'
import type { CommonOptions } from '../options.ts'
import { printJson, printLine } from '../output.ts'

export function addVerify(program: Command): void {
  program
    .command('verify')
    .description(
      'Check run files for damage: structure, and the checksum of every series of a finished run. Without RUN: all runs.',
    )
    .argument('[RUN...]', 'id, unique prefix of an id, name, or path of a run folder')
    .action(async (runs: string[], _options, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions>()
      const results = runs.length > 0 ? await verifyRuns(options, runs) : await verifyAll(options)
      if (options.json) printJson({ runs: results })
      else
        for (const { name, isSound, checkedSeries, findings } of results) {
          printLine(`${name}: ${isSound ? `sound, ${checkedSeries} series checked` : findings.join('; ')}`)
        }
      if (results.some((result) => !result.isSound)) process.exitCode = 1
    })
}

interface Verified {
  id: string | null
  name: string
  path: string
  isSound: boolean
  findings: string[]
  checkedSeries: number
}

function verifyRuns(options: CommonOptions, runs: readonly string[]): Promise<Verified[]> {
  return withRuns(options, runs, (workspace, rows) =>
    rows.map(({ id, name, path }) => ({ id, name, path, ...workspace.reader(id).verify() })),
  )
}

/** All runs of the workspace; folders that cannot be read count as damaged. */
function verifyAll(options: CommonOptions): Promise<Verified[]> {
  return withWorkspace(options, (workspace) => {
    const readable = workspace
      .list({})
      .runs.map(({ id, name, path }) => ({ id, name, path, ...workspace.reader(id).verify() }))
    const unreadable = workspace
      .info()
      .problems.map(({ path, message }) => ({
        id: null,
        name: path,
        path,
        isSound: false,
        findings: [message],
        checkedSeries: 0,
      }))
    return [...readable, ...unreadable]
  })
}
