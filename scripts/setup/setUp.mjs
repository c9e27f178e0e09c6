import {
  installDebianPackages,
  missingPackages,
  packagingTools,
  testPackages,
  thisHost,
  windowPackages,
} from './debianPackages.mjs'
import { locate } from './locations.mjs'
import { arePackagesInstalled, installPackages } from './npmPackages.mjs'
import { missingForTensorLibrary, requireNode } from './prerequisites.mjs'
import { createProgress } from './progress.mjs'
import { writeRecord } from './records.mjs'
import { SetupFailure } from './SetupFailure.mjs'
import { requireSandbox } from './windowSandbox.mjs'

/**
 * What the set-up is for decides what it brings: `tools` npm packages only; `terminal` also the tensor library;
 * `window` also Electron and its Debian packages; `package` also what makes the zip; `tests` everything, and nothing may be missing.
 * @typedef {'tools' | 'terminal' | 'window' | 'tests' | 'package'} Purpose
 */

/**
 * Brings what is missing, step by step; each step that is done stays done. With nothing to do it takes well under a second.
 * @param {Purpose} purpose
 */
export async function setUp(purpose, locations = locate(), progress = createProgress()) {
  const startMs = Date.now()
  requireNode()
  let isAnythingDone = false
  if (!arePackagesInstalled(locations)) {
    isAnythingDone = true
    await installPackages(locations, progress)
  }
  if (purpose === 'window' || purpose === 'tests' || purpose === 'package') {
    isAnythingDone = (await setUpDebianPackages(purpose, progress)) || isAnythingDone
    isAnythingDone = (await setUpElectron(locations, progress)) || isAnythingDone
  }
  if (purpose !== 'tools') {
    isAnythingDone = (await setUpTensorLibrary(purpose, locations, progress)) || isAnythingDone
  }
  if (isAnythingDone) progress.line(`set-up: done in ${Math.round((Date.now() - startMs) / 1000)} s`)
  return locations
}

/**
 * @param {Purpose} purpose
 * @param {import('./progress.mjs').Progress} progress
 */
async function setUpDebianPackages(purpose, progress) {
  if (process.platform !== 'linux' || !thisHost.hasDpkg()) return false
  const missing = missingPackages([
    ...windowPackages,
    ...(purpose === 'tests' ? testPackages : []),
    ...(purpose === 'package' ? packagingTools : []),
  ])
  if (missing.length === 0) return false
  await installDebianPackages(missing, progress)
  return true
}

/**
 * The modules of the steps below use npm packages, so they are loaded only when these are there.
 * @param {import('./locations.mjs').Locations} locations
 * @param {import('./progress.mjs').Progress} progress
 */
async function setUpElectron(locations, progress) {
  const { installElectron, installedElectron } = await import('./electron/installElectron.mjs')
  const installed = installedElectron(locations)
  const electron = installed ?? (await installElectron(locations, progress))
  requireSandbox(electron.executable)
  return installed === undefined
}

/**
 * @param {Purpose} purpose
 * @param {import('./locations.mjs').Locations} locations
 * @param {import('./progress.mjs').Progress} progress
 */
async function setUpTensorLibrary(purpose, locations, progress) {
  const { installedTensorLibrary, installTensorLibrary } = await import('./tensor/installTensorLibrary.mjs')
  if (installedTensorLibrary(locations)) return false
  try {
    const missing = missingForTensorLibrary()
    if (missing) throw new SetupFailure(`${missing.reason} (to have it: ${missing.remedy})`)
    await installTensorLibrary(locations, progress)
    return true
  } catch (cause) {
    if (!(cause instanceof SetupFailure) || purpose === 'tests') throw cause
    writeRecord(locations, 'tensor', { kind: 'none', reason: cause.message })
    progress.line(
      `tensor library: not set up: ${cause.message}. Saved runs can be analysed; training is slow without it.`,
    )
    return false
  }
}
