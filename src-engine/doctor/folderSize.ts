import { lstatSync, readdirSync, type Dirent } from 'node:fs'
import { join } from 'node:path'

/** Bytes of all files below a folder. What goes while it is looked at, or may not be looked at, counts as nothing. */
export function folderSize(folder: string): number {
  return entriesOf(folder).reduce((bytes, entry) => {
    const path = join(folder, entry.name)
    return bytes + (entry.isDirectory() ? folderSize(path) : sizeOf(path))
  }, 0)
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return [] // an installation under way makes and removes folders
  }
}

function sizeOf(file: string): number {
  return lstatSync(file, { throwIfNoEntry: false })?.size ?? 0
}
