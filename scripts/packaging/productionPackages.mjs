import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * @typedef {object} ProductionPackage
 * @property {string} name
 * @property {string} version
 * @property {string} licence as the package declares it
 * @property {string} folder
 */

/**
 * The packages that the application is made of: everything in the lock file that is not there for development alone or
 * for another platform.
 * @param {string} root of the checkout
 * @returns {ProductionPackage[]} sorted by name and version
 */
export function productionPackages(root) {
  return productionEntries(root)
    .map(([folder, entry]) => ({
      name: entry.name ?? folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version: entry.version,
      licence: entry.license ?? 'not declared',
      folder: join(root, folder),
    }))
    .toSorted((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1))
}

/**
 * The same as they stand in the lock file: folder and entry.
 * @param {string} root
 */
export function productionEntries(root) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  return Object.entries(packages).filter(
    ([folder, entry]) => folder !== '' && !entry.dev && !entry.devOptional && existsSync(join(root, folder)),
  )
}
