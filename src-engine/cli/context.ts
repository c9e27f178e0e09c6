import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { runFileName } from '#engine/runfile/runFileFormat.ts'
import { openWorkspace } from '#engine/workspace/openWorkspace.ts'
import type { Workspace } from '#engine/workspace/workspace.ts'
import type { RunRow } from '#shared/run.ts'
import type { CommonOptions } from './options.ts'

/**
 * The workspace of a command: `--workspace`, else ERGOSCOPE_WORKSPACE, else the nearest folder from here upwards that has been used as one, else ~/Ergoscope.
 */
export function workspacePath(options: CommonOptions): string {
  const named = options.workspace ?? process.env['ERGOSCOPE_WORKSPACE']
  if (named) return resolve(named)
  return enclosingWorkspace(process.cwd()) ?? join(homedir(), 'Ergoscope')
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
  const workspace = await openWorkspace(workspacePath(options), { create: options.create ?? false })
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
  const folder = runs.find((run) => existsSync(join(run, runFileName)))
  const path = folder && !options.workspace ? dirname(resolve(folder)) : workspacePath(options)
  return withWorkspace({ ...options, workspace: path }, (workspace) =>
    action(
      workspace,
      runs.map((run) => findRun(workspace, run)),
    ),
  )
}

function findRun(workspace: Workspace, run: string): RunRow {
  const folder = resolve(run)
  const byPath = existsSync(join(folder, runFileName))
    ? workspace.list({}).runs.find((row) => resolve(row.path) === folder)
    : undefined
  return byPath ?? workspace.row(workspace.resolveRun(run))
}
