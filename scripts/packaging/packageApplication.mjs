import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { buildApplication } from '../buildApplication.mjs'
import { installedElectron } from '../setup/electron/installElectron.mjs'
import { SetupFailure } from '../setup/SetupFailure.mjs'
import { installedTensorLibrary } from '../setup/tensor/installTensorLibrary.mjs'
import { buildDebianPackage } from './buildDebianPackage.mjs'
import { buildUnpacked } from './buildUnpacked.mjs'
import { describeFuses } from './fuses.mjs'
import { checkContents, readBudget } from './budget.mjs'
import { stageApplication } from './stageApplication.mjs'
import { writeChecksums } from './writeChecksums.mjs'
import { writeBillOfMaterials } from './writeBillOfMaterials.mjs'
import { writeLicences } from './writeLicences.mjs'

/**
 * @typedef {object} PackageRequest
 * @property {string[]} targets formats beside the unpacked application
 * @property {string | undefined} version another than the one in package.json: for tests of upgrades
 * @property {string} outputFolder
 */

/**
 * Builds the application and packs it. What goes in is staged in `outputFolder/stage`; prints what it made.
 * @param {import('../setup/locations.mjs').Locations} locations
 * @param {PackageRequest} request
 */
export async function packageApplication(locations, { targets, version, outputFolder }) {
  const electron = installedElectron(locations)
  if (electron === undefined) throw new SetupFailure('no Electron is set up: run npm run package, which sets it up')
  say(
    electron.kind === 'declared'
      ? `Electron ${electron.version}, the declared version`
      : `Electron ${electron.version}, a stand-in: the download of the declared ${electron.declaredVersion} was not reachable`,
  )
  if (platformNeedsAddon() && installedTensorLibrary(locations) === undefined)
    throw new SetupFailure('the tensor binding is not built: see above why the tensor library is not set up')
  const manifest = JSON.parse(readFileSync(join(locations.root, 'package.json'), 'utf8'))
  const product = { ...manifest, version: version ?? manifest.version }
  await buildApplication(locations)

  rmSync(outputFolder, { recursive: true, force: true })
  mkdirSync(outputFolder, { recursive: true })
  const stage = join(outputFolder, 'stage')
  const licences = join(outputFolder, 'licences')
  writeLicences(locations, electron.dist, licences)
  await writeBillOfMaterials(locations, electron, product.version, join(outputFolder, 'sbom.cdx.json'))
  await stageApplication({ locations, electron, product, stage, licences })
  const unpacked = await buildUnpacked({ product, electron, stage, outputFolder, targets })
  rmSync(stage, { recursive: true })

  say(`\nFuses of ${unpacked.executable}\n${await describeFuses(unpacked.executable)}`)
  const budget = readBudget(locations.root)
  const exceeded = checkContents(unpacked.folder, budget)
  if (exceeded.length > 0)
    throw new SetupFailure(`the application is not what the budget allows: ${exceeded.join('; ')}`)
  if (targets.includes('deb'))
    await buildDebianPackage({ root: locations.root, product, unpacked, outputFolder, budget })
  say(`\n${writeChecksums(outputFolder)}`)
}

/** The platform for which the set-up builds the binding. */
function platformNeedsAddon() {
  return process.platform === 'linux' && process.arch === 'x64'
}

/** @param {string} text */
function say(text) {
  process.stdout.write(`${text}\n`)
}
