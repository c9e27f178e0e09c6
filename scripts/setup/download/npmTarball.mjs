import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { SetupFailure } from '../SetupFailure.mjs'
import { verifyChecksum } from '../files/checksum.mjs'
import { folderSize } from '../files/folderSize.mjs'
import { npmProgram } from '../npmProgram.mjs'
import { runProgram } from '../runProgram.mjs'

/**
 * @typedef {object} NpmTarball
 * @property {string} name
 * @property {string} version
 * @property {string} integrity as npm publishes it: sha512-<base64>
 * @property {number} bytes
 */

/**
 * Fetches a package's tarball from the registry that npm is configured with. A complete one from an earlier,
 * interrupted set-up is used again.
 * @param {NpmTarball} tarball
 * @param {string} downloads folder for complete downloads
 * @param {import('../progress.mjs').Progress} progress
 * @returns {Promise<string>} path of the verified tarball
 */
export async function fetchNpmTarball(tarball, downloads, progress) {
  const file = join(downloads, `${tarball.name.replace(/^@/, '').replaceAll('/', '-')}-${tarball.version}.tgz`)
  if (!existsSync(file)) renameSync(await pack(tarball, downloads, progress), file)
  try {
    await verifyChecksum(file, tarball.integrity)
  } catch (cause) {
    rmSync(file, { force: true })
    throw cause
  }
  return file
}

/**
 * @param {NpmTarball} tarball
 * @param {string} downloads
 * @param {import('../progress.mjs').Progress} progress
 */
async function pack({ name, version, bytes }, downloads, progress) {
  // npm's own cache is kept out of it, or the archive would stay on the disk for good.
  const staging = join(downloads, 'npm-staging')
  rmSync(staging, { recursive: true, force: true })
  mkdirSync(staging, { recursive: true })
  const meter = progress.meter(`downloading ${name}`, bytes)
  const npm = npmProgram()
  const args = ['pack', `${name}@${version}`, '--json', '--loglevel=error', '--cache', join(staging, 'cache')]
  try {
    const report = await runProgram(npm.command, [...npm.args, ...args, '--pack-destination', staging], {
      onTick: () => meter(folderSize(join(staging, 'cache'))),
    })
    const file = join(downloads, `npm-${process.pid}.tgz`)
    renameSync(join(staging, JSON.parse(report)[0].filename), file)
    return file
  } catch (cause) {
    if (!(cause instanceof SetupFailure)) throw cause
    throw new SetupFailure(`cannot fetch ${name}@${version} with npm: ${cause.message}`, { cause })
  } finally {
    rmSync(staging, { recursive: true, force: true })
  }
}
