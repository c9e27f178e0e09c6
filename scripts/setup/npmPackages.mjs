import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { SetupFailure } from './SetupFailure.mjs'
import { nodeExecutable } from './locations.mjs'
import { npmProgram } from './npmProgram.mjs'
import { readRecord, removeRecord, writeRecord } from './records.mjs'
import { runProgram } from './runProgram.mjs'

/**
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {boolean} [optional]
 */

/**
 * Does node_modules hold what package-lock.json names? Also true after a developer's own `npm install`.
 * @param {import('./locations.mjs').Locations} locations
 */
export function arePackagesInstalled(locations) {
  const installedFile = join(locations.nodeModules, '.package-lock.json')
  if (!existsSync(installedFile) || !existsSync(nodeExecutable(locations))) return false
  const lock = readFileSync(join(locations.root, 'package-lock.json'), 'utf8')
  const installed = readFileSync(installedFile, 'utf8')
  const fingerprint = createHash('sha256').update(lock).update(installed).digest('hex')
  const record = /** @type {{ fingerprint?: string } | undefined} */ (readRecord(locations, 'packages'))
  if (record?.fingerprint === fingerprint) return true
  if (!isSameTree(JSON.parse(lock).packages, JSON.parse(installed).packages)) return false
  writeRecord(locations, 'packages', { fingerprint })
  return true
}

/**
 * @param {Record<string, LockedPackage>} locked packages by folder; '' is the project itself
 * @param {Record<string, LockedPackage>} installed
 */
export function isSameTree(locked, installed) {
  const isInstalledAsLocked = Object.entries(locked).every(([folder, { version, optional }]) => {
    if (folder === '') return true
    const found = installed[folder]
    return found === undefined ? optional === true : found.version === version
  })
  return isInstalledAsLocked && Object.keys(installed).every((folder) => folder in locked)
}

/**
 * @param {import('./locations.mjs').Locations} locations
 * @param {import('./progress.mjs').Progress} progress
 */
export async function installPackages(locations, progress) {
  const { packages } = JSON.parse(readFileSync(join(locations.root, 'package-lock.json'), 'utf8'))
  const folders = Object.keys(packages).filter((folder) => folder !== '' && !packages[folder].optional)
  progress.line(`packages: npm ci, ${folders.length} packages, about 1.2 GB`)
  removeRecord(locations, 'packages')
  const meter = progress.meter('packages', folders.length, (count) => `${count}`)
  const npm = npmProgram()
  try {
    await runProgram(npm.command, [...npm.args, 'ci', '--loglevel=error'], {
      cwd: locations.root,
      onTick: () => meter(folders.filter((folder) => existsSync(join(locations.root, folder, 'package.json'))).length),
    })
  } catch (cause) {
    if (!(cause instanceof SetupFailure)) throw cause
    throw new SetupFailure(`npm ci failed: ${cause.message}`, { cause })
  }
  if (!arePackagesInstalled(locations)) {
    throw new SetupFailure(
      `npm ci left out packages, among them perhaps ${nodeExecutable(locations)}: is "omit" set in npm's configuration?`,
    )
  }
}
