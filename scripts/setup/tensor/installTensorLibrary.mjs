import { existsSync, lstatSync, mkdirSync, readFileSync, readlinkSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { folderSize } from '../files/folderSize.mjs'
import { withLock } from '../files/withLock.mjs'
import { childEnvironment, nodeExecutable } from '../locations.mjs'
import { readRecord, writeRecord } from '../records.mjs'
import { runProgram } from '../runProgram.mjs'
import { compileAddon } from './compileAddon.mjs'
import { hasNvidiaDriver } from './nvidiaDriver.mjs'

/** What a build takes from the network, as the meter expects it. */
const downloadBytes = { cpu: 274e6, cuda: 3.38e9 }

/**
 * @typedef {object} TensorRecord
 * @property {'cpu' | 'cuda'} kind
 * @property {string} tensorflowVersion
 * @property {string} libraryDir folder that holds the shared libraries of TensorFlow
 * @property {string} addon native addon for tfjs-node-gpu
 */

/**
 * The tensor library of this checkout as recorded by an earlier set-up, if it is complete and still the wanted one.
 * @param {import('../locations.mjs').Locations} locations
 * @returns {TensorRecord | undefined}
 */
export function installedTensorLibrary(locations) {
  const record = /** @type {TensorRecord | undefined} */ (readRecord(locations, 'tensor'))
  if (record?.kind !== wantedKind()) return undefined
  if (record.addon !== addonFile(locations, record.kind)) return undefined
  const isLinked = linkTarget(expectedAddon(locations)) === record.addon
  return isLinked && existsSync(record.addon) && existsSync(record.libraryDir) ? record : undefined
}

/**
 * Gets TensorFlow's libraries into the user's cache, compiles the addon against them, and links it to where
 * tfjs-node-gpu looks for it.
 * @param {import('../locations.mjs').Locations} locations
 * @param {import('../progress.mjs').Progress} progress
 */
export async function installTensorLibrary(locations, progress) {
  const kind = wantedKind()
  const folder = libraryFolder(locations, kind)
  const addon = addonFile(locations, kind)
  const onWait = (/** @type {number} */ pid) =>
    progress.line(`tensor library: waiting for another set-up (process ${pid})`)
  await withLock(join(locations.cache, 'locks', 'tensorflow'), onWait, async () => {
    if (!existsSync(folder)) await fetchLibrary(kind, locations, progress)
    if (!existsSync(addon)) await compileAddon(folder, dirname(addon), locations, progress)
  })
  replaceLink(addon, expectedAddon(locations))
  const libraryDir = join(folder, 'tensorflow')
  const version = tensorflowVersion(locations)
  writeRecord(locations, 'tensor', { kind, tensorflowVersion: version, libraryDir, addon })
  progress.line(`tensor library: TensorFlow ${version}, ${kind === 'cpu' ? 'CPU' : 'CUDA'} build, in ${folder}`)
}

/**
 * The engine fetches the library, here as for a user of the installed program; it is TypeScript, which the Node of the checkout runs.
 * @param {'cpu' | 'cuda'} kind
 * @param {import('../locations.mjs').Locations} locations
 * @param {import('../progress.mjs').Progress} progress
 */
async function fetchLibrary(kind, locations, progress) {
  const program = join(locations.root, 'src-engine', 'tensorLibrary', 'installForCheckout.ts')
  const meter = progress.meter('downloading TensorFlow', downloadBytes[kind])
  await runProgram(nodeExecutable(locations), [program, locations.cache, kind], {
    env: childEnvironment(locations),
    onTick: () => meter(folderSize(join(locations.cache, 'downloads'))),
  })
}

/** @param {import('../locations.mjs').Locations} locations */
function tensorflowVersion(locations) {
  const file = join(locations.root, 'src-engine', 'tensor', 'tensorflow', 'version.json')
  return JSON.parse(readFileSync(file, 'utf8')).tensorflow
}

/** @returns {'cpu' | 'cuda'} */
function wantedKind() {
  return process.env['ERGOSCOPE_TENSOR_LIBRARY'] !== 'cpu' && hasNvidiaDriver() ? 'cuda' : 'cpu'
}

/**
 * @param {import('../locations.mjs').Locations} locations
 * @param {'cpu' | 'cuda'} kind
 */
function libraryFolder(locations, kind) {
  return join(locations.cache, `tensorflow-${tensorflowVersion(locations)}-${kind}`)
}

/**
 * @param {import('../locations.mjs').Locations} locations
 * @param {'cpu' | 'cuda'} kind
 */
function addonFile(locations, kind) {
  const manifest = join(locations.nodeModules, '@tensorflow', 'tfjs-node-gpu', 'package.json')
  const { version } = JSON.parse(readFileSync(manifest, 'utf8'))
  return join(libraryFolder(locations, kind), `tfjs-node-gpu-${version}`, 'tfjs_binding.node')
}

/** @param {import('../locations.mjs').Locations} locations */
function expectedAddon(locations) {
  return join(locations.nodeModules, '@tensorflow', 'tfjs-node-gpu', 'lib', 'napi-v8', 'tfjs_binding.node')
}

/** @param {string} link */
function linkTarget(link) {
  return lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink() ? readlinkSync(link) : undefined
}

/**
 * @param {string} target
 * @param {string} link
 */
function replaceLink(target, link) {
  mkdirSync(dirname(link), { recursive: true })
  const aside = `${link}.${process.pid}`
  rmSync(aside, { force: true })
  symlinkSync(target, aside)
  renameSync(aside, link)
}
