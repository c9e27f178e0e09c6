import { chmodSync, cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { nodeExecutable } from '../setup/locations.mjs'
import { installedTensorLibrary } from '../setup/tensor/installTensorLibrary.mjs'
import { runProgram } from '../setup/runProgram.mjs'
import { bundleEngine } from './bundleEngine.mjs'
import { tensorAddon } from './loadLibrariesByRequire.mjs'
import { electronLicences } from './writeLicences.mjs'

/** What messages and help texts refer to (src-engine/installation/manual.ts), and what these pages refer to. */
const manualPages = ['architecture.md', 'cli.md', 'diagnostics', 'filter.md', 'recipes.md', 'run-file.md']

/**
 * @typedef {Record<string, string> & { version: string, productName: string, name: string }} Product fields of package.json
 * @typedef {object} Staging
 * @property {import('../setup/locations.mjs').Locations} locations
 * @property {import('../setup/electron/installElectron.mjs').ElectronRecord} electron
 * @property {Product} product
 * @property {string} stage
 * @property {string} licences folder of the licence texts
 */

/**
 * Lays out what goes into the package: `app` becomes the asar; `resources` lies beside it, because plain Node reads it;
 * `bin` holds the command line's program.
 * @param {Staging} staging
 */
export async function stageApplication({ locations, electron, product, stage, licences }) {
  stageWindow(locations.root, product, join(stage, 'app'))
  const resources = join(stage, 'resources')
  const engine = join(resources, 'engine')
  await bundleEngine(locations.root, product.version, engine)
  stagePackage(locations, engine, 'better-sqlite3', [
    'package.json',
    'lib',
    `prebuilds/${process.platform}-${process.arch}.node`,
  ])
  stagePackage(locations, engine, 'mnist', ['package.json', 'src/digits'])
  stageAddon(locations, engine)
  stageBuildRecord(engine, electron)
  const node = nodeExecutable(locations)
  const packagedNode = join(resources, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  copy(node, packagedNode)
  // Only debuggers read the names in it: 18 MB.
  if (process.platform === 'linux') await runProgram('strip', [packagedNode])
  copy(join(locations.root, 'resources', 'recipes'), join(resources, 'recipes'))
  for (const page of manualPages) copy(join(locations.root, 'docs', page), join(resources, 'docs', page))
  for (const name of readdirSync(licences).filter((file) => !electronLicences.includes(file)))
    copy(join(licences, name), join(resources, 'licences', name))
  stageCommand(locations.root, join(stage, 'bin'))
}

/**
 * Main, preload and page, and a manifest that names no dependencies: all is bundled.
 * @param {string} root
 * @param {Product} product
 * @param {string} app
 */
function stageWindow(root, product, app) {
  copy(join(root, 'out'), join(app, 'out'))
  const { name, productName, version, description, license, author, homepage, main, type } = product
  const manifest = { name, productName, version, description, license, author, homepage, main, type }
  writeFileSync(join(app, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
}

/**
 * Parts of an npm package that is not bundled, where the engine finds it.
 * @param {import('../setup/locations.mjs').Locations} locations
 * @param {string} engine
 * @param {string} name
 * @param {string[]} parts
 */
function stagePackage(locations, engine, name, parts) {
  for (const part of parts) copy(join(locations.nodeModules, name, part), join(engine, 'node_modules', name, part))
}

/**
 * The binding between Node and TensorFlow, whose libraries the engine loads from where the user has them.
 * @param {import('../setup/locations.mjs').Locations} locations
 * @param {string} engine
 */
function stageAddon(locations, engine) {
  const library = installedTensorLibrary(locations)
  if (library !== undefined) copy(library.addon, join(engine, tensorAddon))
}

/**
 * What src-engine/installation reads.
 * @param {string} engine
 * @param {Staging['electron']} electron
 */
function stageBuildRecord(engine, { kind, version, declaredVersion }) {
  /** @type {Partial<Record<NodeJS.Platform, string>>} */
  const windows = { darwin: '../../MacOS/Ergoscope', win32: '../../Ergoscope.exe' }
  const record = {
    window: windows[process.platform] ?? '../../ergoscope',
    electron: { kind, version, declaredVersion },
  }
  writeFileSync(join(engine, 'build.json'), `${JSON.stringify(record, null, 2)}\n`)
}

/**
 * @param {string} root
 * @param {string} bin
 */
function stageCommand(root, bin) {
  const name = process.platform === 'win32' ? 'ergoscope.cmd' : 'ergoscope'
  copy(join(root, 'resources', 'command', name), join(bin, name))
  chmodSync(join(bin, name), 0o755)
}

/**
 * @param {string} from file or folder
 * @param {string} to
 */
function copy(from, to) {
  mkdirSync(dirname(to), { recursive: true })
  rmSync(to, { recursive: true, force: true })
  cpSync(from, to, { recursive: true, dereference: true })
}
