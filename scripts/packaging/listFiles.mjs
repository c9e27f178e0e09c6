import { lstatSync, readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

/** @typedef {{ path: string, bytes: number }} PackagedFile `path` relative to the folder, with slashes */

/**
 * Every file below a folder, sorted by path.
 * @param {string} folder
 * @returns {PackagedFile[]}
 */
export function listFiles(folder) {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true })
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ path: relative(folder, file).split(sep).join('/'), bytes: lstatSync(file).size }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
}
