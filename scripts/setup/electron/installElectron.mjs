import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { SetupFailure } from '../SetupFailure.mjs'
import { withLock } from '../files/withLock.mjs'
import { readRecord, writeRecord } from '../records.mjs'
import { buildDeclaredElectron, probeDeclaredElectron } from './declaredElectron.mjs'
import { buildStandIn, standIn } from './standIn.mjs'

/**
 * @typedef {object} ElectronRecord
 * @property {'declared' | 'stand-in'} kind
 * @property {string} version of the Electron that is installed
 * @property {string} declaredVersion of the Electron that package.json asks for
 * @property {string} dist folder
 * @property {string} executable file
 */

/**
 * The Electron of this checkout as recorded by an earlier set-up, if it is still there and still the wanted one.
 * @param {import('../locations.mjs').Locations} locations
 * @returns {ElectronRecord | undefined}
 */
export function installedElectron(locations) {
  const record = /** @type {ElectronRecord | undefined} */ (readRecord(locations, 'electron'))
  const isWanted = record?.declaredVersion === declaredVersion(locations)
  return record !== undefined && isWanted && existsSync(record.executable) ? record : undefined
}

/**
 * Installs the declared Electron into the user's cache or, where its download is not reachable, the stand-in.
 * @param {import('../locations.mjs').Locations} locations
 * @param {import('../progress.mjs').Progress} progress
 * @returns {Promise<ElectronRecord>}
 */
export async function installElectron(locations, progress) {
  const declared = declaredVersion(locations)
  const lock = join(locations.cache, 'locks', 'electron')
  const record = await withLock(
    lock,
    (pid) => progress.line(`electron: waiting for another set-up (process ${pid})`),
    () => install(declared, locations, progress),
  )
  writeRecord(locations, 'electron', record)
  return record
}

/**
 * @param {string} declared
 * @param {import('../locations.mjs').Locations} locations
 * @param {import('../progress.mjs').Progress} progress
 * @returns {Promise<ElectronRecord>}
 */
async function install(declared, locations, progress) {
  const outcome = await tryDeclared(declared, locations, progress)
  if (typeof outcome !== 'string') {
    progress.line(`electron: ${declared}, the declared version, in ${outcome.dist}`)
    return { kind: 'declared', version: declared, declaredVersion: declared, ...outcome }
  }
  if (!standIn.runsOn(process.platform, process.arch)) {
    throw new SetupFailure(
      `Electron ${declared} cannot be downloaded (${outcome}), and a stand-in exists for linux-x64 only. ` +
        'Set ELECTRON_MIRROR to a mirror that this machine reaches and run the command again.',
    )
  }
  progress.line(`electron: the download of ${declared} is not reachable (${outcome}); using a stand-in`)
  const dist = await buildStandIn(locations, progress)
  progress.line(`electron: ${standIn.version}, stand-in for ${declared}, in ${dist.dist}`)
  return { kind: 'stand-in', version: standIn.version, declaredVersion: declared, ...dist }
}

/**
 * @param {string} declared
 * @param {import('../locations.mjs').Locations} locations
 * @param {import('../progress.mjs').Progress} progress
 * @returns {Promise<{ dist: string, executable: string } | string>} the installed one, or why it cannot be had
 */
async function tryDeclared(declared, locations, progress) {
  try {
    const unreachable = await probeDeclaredElectron(declared, locations)
    return unreachable ?? (await buildDeclaredElectron(declared, locations, progress))
  } catch (cause) {
    if (!(cause instanceof SetupFailure)) throw cause
    return cause.message
  }
}

/** @param {import('../locations.mjs').Locations} locations */
function declaredVersion(locations) {
  const manifest = JSON.parse(readFileSync(join(locations.root, 'package.json'), 'utf8'))
  return String(manifest.devDependencies.electron)
}
