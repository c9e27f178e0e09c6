import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SetupFailure } from '../SetupFailure.mjs'
import { buildFolder } from '../files/buildFolder.mjs'
import { folderSize } from '../files/folderSize.mjs'
import { childEnvironment, nodeExecutable } from '../locations.mjs'
import { runProgram } from '../runProgram.mjs'

const approximateZipBytes = 125e6
const worker = fileURLToPath(new URL('./fetchDeclaredElectron.mjs', import.meta.url))

/** @type {Partial<Record<NodeJS.Platform, string>>} */
const executableNames = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }

/**
 * Asks within five seconds whether the declared Electron can be had.
 * @param {string} version
 * @param {import('../locations.mjs').Locations} locations
 * @returns {Promise<string | undefined>} why not, in a few words
 */
export async function probeDeclaredElectron(version, locations) {
  if (existsSync(distFolder(version, locations))) return undefined
  return (await runWorker(['probe', version], locations)).trim() || undefined
}

/**
 * @param {string} version
 * @param {import('../locations.mjs').Locations} locations
 * @param {import('../progress.mjs').Progress} progress
 */
export async function buildDeclaredElectron(version, locations, progress) {
  const dist = distFolder(version, locations)
  const executable = join(dist, executableNames[process.platform] ?? 'electron')
  if (existsSync(executable)) return { dist, executable }
  const downloads = join(locations.cache, 'downloads', `electron-${version}`)
  mkdirSync(downloads, { recursive: true })
  const meter = progress.meter(`downloading electron ${version}`, approximateZipBytes)
  await buildFolder(dist, async (partial) => {
    await runWorker(['fetch', version, downloads, partial], locations, () => meter(folderSize(downloads)))
  })
  rmSync(downloads, { recursive: true, force: true })
  if (!existsSync(executable)) throw new SetupFailure(`the Electron ${version} archive holds no ${executable}`)
  return { dist, executable }
}

/**
 * @param {string} version
 * @param {import('../locations.mjs').Locations} locations
 */
function distFolder(version, locations) {
  return join(locations.cache, `electron-${version}-${process.platform}-${process.arch}`)
}

/**
 * The packages that know Electron's downloads need Node 24; the set-up itself may run on 20.
 * @param {string[]} args
 * @param {import('../locations.mjs').Locations} locations
 * @param {() => void} [onTick]
 */
function runWorker(args, locations, onTick = () => {}) {
  const env = { ...childEnvironment(locations), NODE_USE_ENV_PROXY: '1' }
  return runProgram(nodeExecutable(locations), [worker, ...args], { env, onTick })
}
