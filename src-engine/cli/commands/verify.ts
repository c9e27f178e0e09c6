import type { Command } from 'commander'
import type { Workspace } from '#engine/workspace/workspace.ts'
import { ErgoscopeError } from '#shared/errors.ts'
import type { RunRow } from '#shared/run.ts'
import { withRuns, withWorkspace, workspacePath } from '../context.ts'
import type { CommonOptions } from '../options.ts'
import { printable, printJson, printLine, say } from '../output.ts'

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
        for (const { id, name, isSound, checkedSeries, findings } of results) {
          const run = id === null ? name : `${printable(name)} (${id.slice(0, 8)})`
          printLine(`${run}: ${isSound ? `sound, ${checkedSeries} series checked` : `damaged: ${findings.join('; ')}`}`)
        }
      if (results.length === 0) say(`No runs in ${workspacePath(options)}.`)
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
  return withRuns(options, runs, (workspace, rows) => rows.map((row) => verifyRun(workspace, row)))
}

/** A file too damaged to be read through is a finding, and no reason to leave the other runs unchecked. */
function verifyRun(workspace: Workspace, { id, name, path }: RunRow): Verified {
  try {
    return { id, name, path, ...workspace.reader(id).verify() }
  } catch (cause) {
    if (!(cause instanceof ErgoscopeError)) throw cause
    return { id, name, path, isSound: false, findings: [cause.message], checkedSeries: 0 }
  }
}

/** All runs of the workspace; folders that cannot be read count as damaged. */
function verifyAll(options: CommonOptions): Promise<Verified[]> {
  return withWorkspace(options, (workspace) => {
    const readable = workspace.list({}).runs.map((row) => verifyRun(workspace, row))
    const unreadable = workspace.info().problems.map(({ path, message }) => ({
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
