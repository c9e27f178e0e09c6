import { FolderWorkspace } from './folderWorkspace.ts'
import { RunCatalogue } from './runCatalogue.ts'
import { runInSlices } from './slices.ts'
import type { Workspace } from './workspace.ts'
import { WorkspaceIndex } from './workspaceIndex.ts'
import { findWorkspace } from './workspacePlace.ts'

/**
 * Opens a folder of runs, or the workspace around one run's folder; `create` makes the folder when it does not exist. Runs that did not change since the last
 * time come from the index. Errors: `not-found`, `bad-request` (not a folder), `read-only` and `disk-full` when it cannot be made.
 */
export async function openWorkspace(
  path: string,
  options: { create?: boolean; nowMs?: () => number } = {},
): Promise<Workspace> {
  const place = findWorkspace(path, options.create ?? false)
  const index = new WorkspaceIndex(place.ownFolder, place.isReadOnly)
  const catalogue = new RunCatalogue(place.root, index, options.nowMs ?? Date.now)
  try {
    await runInSlices(catalogue.discover())
  } catch (cause) {
    index.close()
    throw cause
  }
  return new FolderWorkspace(place, index, catalogue)
}
