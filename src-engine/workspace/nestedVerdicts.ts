import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readStoredVerdicts, type StoredVerdict } from './workspaceIndex.ts'
import { ownFolderName } from './workspacePlace.ts'

/** Verdicts that workspaces inside this one hold for their runs, by run: the demo's, seen from the folder that it stands in. Only read, never needed. */
export function nestedVerdicts(root: string, runFolders: readonly string[]): Map<string, StoredVerdict> {
  const folders = new Set(runFolders.flatMap((folder) => foldersBetween(root, dirname(folder))))
  return new Map(
    [...folders]
      .map((folder) => join(folder, ownFolderName))
      .filter((own) => existsSync(own))
      .flatMap((own) => [...readStoredVerdicts(own)]),
  )
}

/** A folder and those above it, below `root`. */
function foldersBetween(root: string, folder: string): string[] {
  return folder === root || folder === dirname(folder) ? [] : [folder, ...foldersBetween(root, dirname(folder))]
}
