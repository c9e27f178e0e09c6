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
 * The installed packages that the application is made of: everything that is not there for development alone.
 * @param {import('../setup/locations.mjs').Locations} locations
 * @returns {ProductionPackage[]} sorted by name and version
 */
export function productionPackages({ root, nodeModules }) {
  const { packages } = JSON.parse(readFileSync(join(nodeModules, '.package-lock.json'), 'utf8'))
  const found = Object.entries(packages)
    .filter(([folder, entry]) => !entry.dev && !entry.devOptional && existsSync(join(root, folder)))
    .map(([folder, entry]) => ({
      name: entry.name ?? folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version: entry.version,
      licence: entry.license ?? 'not declared',
      folder: join(root, folder),
    }))
  return found.toSorted((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1))
}
