import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { listArchive } from './listArchive.mjs'
import { listFiles } from './listFiles.mjs'

/**
 * @typedef {object} Budget
 * @property {number} installedBytes all files of the unpacked application
 * @property {number} debBytes
 * @property {Record<string, number>} contents greatest size by path: a file, or with `/` at its end a folder. Nothing
 *   else may be in the application, and each of them must be.
 * @property {Record<string, number>} archive the same for what is inside app.asar
 * @property {string[]} forbidden patterns of paths that may be nowhere
 */

/**
 * @param {string} root of the checkout
 * @returns {Budget}
 */
export function readBudget(root) {
  return JSON.parse(readFileSync(join(root, 'scripts', 'packaging', 'budget.json'), 'utf8'))
}

/**
 * What is wrong with an unpacked application: its own files, and those in its archive.
 * @param {string} folder
 * @param {Budget} budget
 */
export function checkContents(folder, { installedBytes, contents, archive, forbidden }) {
  return [
    ...overBudget(listFiles(folder), contents, forbidden, installedBytes),
    ...overBudget(listArchive(join(folder, 'resources', 'app.asar')), archive, forbidden),
  ]
}

/**
 * What is wrong with the contents of an application: too large, missing, unknown or forbidden.
 * @param {import('./listFiles.mjs').PackagedFile[]} files
 * @param {Record<string, number>} contents
 * @param {readonly string[]} forbidden
 * @param {number} [totalBytes]
 * @returns {string[]} one line each; empty when all is well
 */
export function overBudget(files, contents, forbidden, totalBytes = Infinity) {
  const patterns = forbidden.map((pattern) => new RegExp(pattern))
  const sizes = new Map(Object.keys(contents).map((path) => [path, 0]))
  const problems = []
  for (const { path, bytes } of files) {
    const entry = entryOf(path, contents)
    if (entry === undefined) problems.push(`${path} is not in the budget`)
    else sizes.set(entry, (sizes.get(entry) ?? 0) + bytes)
    if (patterns.some((pattern) => pattern.test(path))) problems.push(`${path} is forbidden`)
  }
  for (const [entry, bytes] of sizes) {
    const allowed = contents[entry] ?? 0
    if (bytes === 0) problems.push(`${entry} is missing`)
    if (bytes > allowed) problems.push(`${entry} is ${bytes} bytes, ${allowed} are allowed`)
  }
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0)
  if (total > totalBytes) problems.push(`all files are ${total} bytes, ${totalBytes} are allowed`)
  return problems
}

/**
 * The entry that a path counts for: itself, or the longest folder above it.
 * @param {string} path
 * @param {Record<string, number>} contents
 */
function entryOf(path, contents) {
  if (path in contents) return path
  const folders = Object.keys(contents).filter((entry) => entry.endsWith('/') && path.startsWith(entry))
  return folders.toSorted((a, b) => b.length - a.length)[0]
}
