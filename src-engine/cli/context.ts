import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { runFileName } from '#engine/runfile/runFileFormat.ts'
import { openWorkspace } from '#engine/workspace/openWorkspace.ts'
import type { Workspace } from '#engine/workspace/workspace.ts'
import { ErgoscopeError } from '#shared/errors.ts'
import type { RunRow } from '#shared/run.ts'
import type { CommonOptions } from './options.ts'

/**
 * The workspace of a command: `--workspace`, else ERGOSCOPE_WORKSPACE, else the nearest folder from here upwards that has been used as one, else ~/Ergoscope.
 */
export function workspacePath(options: CommonOptions): string {
  return namedWorkspace(options) ?? enclosingWorkspace(process.cwd()) ?? join(homedir(), 'Ergoscope')
}

/** The workspace that the user named, by option or environment; null when neither did. */
export function namedWorkspace(options: CommonOptions): string | null {
  if (options.workspace === '')
    throw new ErgoscopeError('bad-request', "--workspace '': the path of a folder is needed")
  const named = options.workspace ?? process.env['ERGOSCOPE_WORKSPACE']
  return named ? resolve(named) : null
}

function enclosingWorkspace(folder: string): string | null {
  if (existsSync(join(folder, '.ergoscope'))) return folder
  const parent = dirname(folder)
  return parent === folder ? null : enclosingWorkspace(parent)
}

export async function withWorkspace<Result>(
  options: CommonOptions & { create?: boolean },
  action: (workspace: Workspace) => Result | Promise<Result>,
): Promise<Result> {
  const path = workspacePath(options)
  const create = options.create ?? false
  if (!create && !existsSync(path))
    throw new ErgoscopeError(
      'not-found',
      `the workspace ${path} does not exist; \`ergoscope train\` or \`import\` makes it, --workspace DIR names another`,
    )
  const workspace = await openWorkspace(path, { create })
  try {
    return await action(workspace)
  } finally {
    workspace.close()
  }
}

/** RUN is an id, a unique prefix of one, a name, or the path of a run's folder. */
export async function withRuns<Result>(
  options: CommonOptions,
  runs: readonly string[],
  action: (workspace: Workspace, rows: RunRow[]) => Result | Promise<Result>,
): Promise<Result> {
  const folder = runs.map(runFolder).find((found) => found !== null)
  const path = folder && options.workspace === undefined ? dirname(folder) : workspacePath(options)
  return withWorkspace({ ...options, workspace: path }, (workspace) => {
    const rows = runs.map((run) => findRun(workspace, run))
    requireDifferent(rows, runs)
    return action(workspace, rows)
  })
}

/** A run beside itself would count as a second seed that agrees. */
function requireDifferent(rows: readonly RunRow[], texts: readonly string[]): void {
  const again = rows.findIndex((row, i) => rows.findIndex(({ id }) => id === row.id) !== i)
  if (again !== -1)
    throw new ErgoscopeError(
      'bad-request',
      `"${texts[again] ?? ''}" is a run that was given already; give each run once`,
    )
}

function findRun(workspace: Workspace, run: string): RunRow {
  const folder = runFolder(run)
  if (folder === null) return workspace.row(workspace.resolveRun(run))
  const row = workspace.list({}).runs.find(({ path }) => resolve(path) === folder)
  if (row) return row
  const problem = workspace.info().problems.find(({ path }) => resolve(path) === folder)
  if (problem) throw new ErgoscopeError('unreadable-run', problem.message)
  throw new ErgoscopeError(
    'not-found',
    `${folder} is not in the workspace ${workspace.info().path}; leave --workspace out`,
  )
}

/** The run's folder where the text is the path of one, or of the run file in it; null where it is an id or a name. */
function runFolder(text: string): string | null {
  if (text === '') return null
  const path = resolve(text)
  const folder = basename(path) === runFileName ? dirname(path) : path
  return existsSync(join(folder, runFileName)) ? folder : null
}
