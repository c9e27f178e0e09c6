import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { RunIdentity, RunWriter } from '#engine/runfile/runFile.ts'
import { openWorkspace } from '#engine/workspace/openWorkspace.ts'
import type { Workspace } from '#engine/workspace/workspace.ts'
import { newRun } from '../runfile/runFolder.ts'

/** Opened, and closed when the test ends. */
export async function opened(
  path: string,
  options: { create?: boolean; nowMs?: () => number } = {},
): Promise<Workspace> {
  const workspace = await openWorkspace(path, options)
  onTestFinished(() => workspace.close())
  return workspace
}

/** A finished run of three points in `root/path`. */
export function finishedRun(root: string, path: string, changes: Partial<RunIdentity> = {}): string {
  const writer = newRun({ id: path.replaceAll('/', '-'), name: path, ...changes }, join(root, path))
  for (let step = 0; step < 3; step += 1) writer.logScalars(step, { loss: 3 - step }, 1000 * step)
  writer.finish('finished', '', 5000)
  return writer.folder
}

/** A run that is still written, with its first point committed. */
export function liveRun(root: string, path: string, changes: Partial<RunIdentity> = {}): RunWriter {
  const writer = newRun({ id: path, name: path, createdAtMs: Date.now(), ...changes }, join(root, path))
  writer.setStatus('running', '', Date.now())
  writer.logScalars(0, { loss: 1 }, Date.now())
  writer.commit()
  return writer
}
