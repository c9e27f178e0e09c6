import { chmodSync, cpSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Arch, build, Platform } from 'electron-builder'
import { builderConfiguration } from './builderConfiguration.mjs'
import { sevenZip } from './sevenZip.mjs'

/**
 * @typedef {{ folder: string, executable: string }} Unpacked
 * @param {object} options
 * @param {import('./stageApplication.mjs').Product} options.product
 * @param {import('../setup/electron/installElectron.mjs').ElectronRecord} options.electron
 * @param {string} options.stage
 * @param {string} options.outputFolder
 * @param {string[]} options.targets all but `deb` are made here
 * @returns {Promise<Unpacked>}
 */
export async function buildUnpacked({ product, electron, stage, outputFolder, targets }) {
  // A tool that electron-builder does not find it downloads, with 45 s of retries where that is not reachable.
  if (targets.includes('zip')) process.env['ELECTRON_BUILDER_7ZIP_PATH'] ??= sevenZip()
  // Its own level takes twice as long for one part in a hundred.
  process.env['ELECTRON_BUILDER_COMPRESSION_LEVEL'] ??= '5'
  /** @type {Unpacked | undefined} */
  let unpacked
  const configuration = builderConfiguration({ product, electron, outputFolder })
  await build({
    projectDir: join(stage, 'app'),
    publish: 'never',
    targets: Platform.current().createTarget(
      ['dir', ...targets.filter((target) => target !== 'deb')],
      process.arch === 'arm64' ? Arch.arm64 : Arch.x64,
    ),
    config: {
      ...configuration,
      afterPack: ({ appOutDir, packager }) => {
        const isMac = process.platform === 'darwin'
        const contents = isMac ? join(appOutDir, `${packager.appInfo.productFilename}.app`, 'Contents') : appOutDir
        const resources = join(contents, isMac ? 'Resources' : 'resources')
        cpSync(join(stage, 'resources'), resources, { recursive: true })
        cpSync(join(stage, 'bin'), join(contents, 'bin'), { recursive: true })
        rmSync(join(resources, 'default_app.asar'), { force: true })
        unpacked = { folder: appOutDir, executable: executableBelow(contents, product.productName) }
      },
    },
  })
  if (unpacked === undefined) throw new Error('electron-builder packed nothing')
  const helper = join(unpacked.folder, 'chrome-sandbox')
  if (existsSync(helper)) chmodSync(helper, 0o755)
  return unpacked
}

/**
 * @param {string} contents
 * @param {string} productName
 */
function executableBelow(contents, productName) {
  if (process.platform === 'darwin') return join(contents, 'MacOS', productName)
  return join(contents, process.platform === 'win32' ? `${productName}.exe` : 'ergoscope')
}
