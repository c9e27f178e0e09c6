import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { childEnvironment, nodeExecutable } from './setup/locations.mjs'
import { installedElectron } from './setup/electron/installElectron.mjs'
import { readRecord, removeRecord, writeRecord } from './setup/records.mjs'
import { runProgram } from './setup/runProgram.mjs'

/** What the built main, preload and page are made of. */
const sourceFolders = ['src-main', 'src-renderer', 'src-figures', 'src-shared', 'src-core', 'resources']
const sourceFiles = ['electron.vite.config.ts', 'package.json', 'package-lock.json']

/**
 * Builds main, preload and page into `out/` if their sources changed since the last complete build.
 * @param {import('./setup/locations.mjs').Locations} locations
 */
export async function buildApplication(locations) {
  const fingerprint = fingerprintSources(locations.root)
  const record = /** @type {{ fingerprint?: string } | undefined} */ (readRecord(locations, 'build'))
  if (record?.fingerprint === fingerprint && existsSync(join(locations.root, 'out', 'main'))) return
  process.stderr.write('building the application\n')
  removeRecord(locations, 'build')
  const command = join(locations.nodeModules, 'electron-vite', 'bin', 'electron-vite.js')
  await runProgram(nodeExecutable(locations), [command, 'build'], {
    cwd: locations.root,
    env: { ...childEnvironment(locations), ...electronEnvironment(locations) },
  })
  writeRecord(locations, 'build', { fingerprint })
}

/**
 * How the tools learn which Electron is used.
 * @param {import('./setup/locations.mjs').Locations} locations
 */
export function electronEnvironment(locations) {
  const electron = installedElectron(locations)
  if (electron === undefined) return {}
  return { ELECTRON_OVERRIDE_DIST_PATH: electron.dist, ELECTRON_EXEC_PATH: electron.executable }
}

/** @param {string} root */
export function fingerprintSources(root) {
  const hash = createHash('sha256')
  const folders = sourceFolders.map((folder) => join(root, folder)).flatMap(filesBelow)
  const files = sourceFiles.map((file) => join(root, file)).filter((file) => existsSync(file))
  for (const file of [...folders, ...files].toSorted()) {
    hash
      .update(`${relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0')
  }
  return hash.digest('hex')
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function filesBelow(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}
