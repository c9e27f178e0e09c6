import { lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Bytes of all files below a folder; 0 when it does not exist. Files that vanish meanwhile count as 0.
 * @param {string} folder
 * @returns {number}
 */
export function folderSize(folder) {
  let bytes = 0
  for (const entry of listOrNothing(folder)) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) bytes += folderSize(path)
    else bytes += lstatSync(path, { throwIfNoEntry: false })?.size ?? 0
  }
  return bytes
}

/** @param {string} folder */
function listOrNothing(folder) {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    // The program that is downloading may remove a folder between two looks at it.
    return []
  }
}
