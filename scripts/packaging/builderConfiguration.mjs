import { join } from 'node:path'
import { checkoutRoot } from '../setup/locations.mjs'
import { electronFuses } from './fuses.mjs'

/**
 * What electron-builder is told, on every platform.
 * @param {object} options
 * @param {import('./stageApplication.mjs').Product} options.product
 * @param {import('../setup/electron/installElectron.mjs').ElectronRecord} options.electron
 * @param {string} options.outputFolder
 * @returns {import('electron-builder').Configuration}
 */
export function builderConfiguration({ product, electron, outputFolder }) {
  const resources = join(checkoutRoot, 'resources')
  return {
    appId: 'org.ergoscope.Ergoscope',
    productName: product.productName,
    directories: { output: outputFolder, buildResources: resources },
    electronDist: electron.dist,
    electronVersion: electron.version,
    electronLanguages: ['en-US'],
    electronFuses,
    files: ['out/**', 'package.json'],
    asar: true,
    npmRebuild: false,
    nodeGypRebuild: false,
    extraMetadata: { version: product.version },
    // The macros are electron-builder's.
    artifactName: '${name}-${version}-${os}-${arch}.${ext}',
    protocols: [{ name: 'Ergoscope', schemes: ['ergoscope'] }],
    linux: {
      executableName: 'ergoscope',
      icon: join(resources, 'icons'),
      category: 'Science',
      synopsis: 'A microscope for training dynamics',
      desktop: { entry: { StartupWMClass: 'ergoscope' } },
    },
    mac: { icon: join(resources, 'icons', '1024x1024.png'), category: 'public.app-category.developer-tools' },
    win: { icon: join(resources, 'icons', '256x256.png') },
    nsis: { oneClick: false, perMachine: false, deleteAppDataOnUninstall: false },
  }
}
