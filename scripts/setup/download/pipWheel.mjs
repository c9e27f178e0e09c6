import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { SetupFailure } from '../SetupFailure.mjs'
import { verifyChecksum } from '../files/checksum.mjs'
import { folderSize } from '../files/folderSize.mjs'
import { runProgram } from '../runProgram.mjs'

/**
 * @typedef {object} Wheel
 * @property {string} project
 * @property {string} version
 * @property {string} platform tag of the wheel, e.g. manylinux_2_27_x86_64
 * @property {string} file name that pip saves it under
 * @property {string} sha256
 * @property {number} bytes
 */

/**
 * Fetches a wheel from the package index that pip is configured with. A complete one from an earlier,
 * interrupted set-up is used again.
 * @param {Wheel} wheel
 * @param {string} downloads folder for complete downloads
 * @param {import('../progress.mjs').Progress} progress
 * @returns {Promise<string>} path of the verified wheel
 */
export async function fetchWheel(wheel, downloads, progress) {
  const file = join(downloads, wheel.file)
  if (!existsSync(file)) await pipDownload(wheel, downloads, progress)
  try {
    await verifyChecksum(file, `sha256-${wheel.sha256}`)
  } catch (cause) {
    rmSync(file, { force: true })
    throw cause
  }
  return file
}

/**
 * @param {Wheel} wheel
 * @param {string} downloads
 * @param {import('../progress.mjs').Progress} progress
 */
async function pipDownload({ project, version, platform, file, bytes }, downloads, progress) {
  const staging = join(downloads, 'pip-staging')
  rmSync(staging, { recursive: true, force: true })
  mkdirSync(staging, { recursive: true })
  const meter = progress.meter(`downloading ${project} ${version}`, bytes)
  const target = ['--python-version', '3.12', '--platform', platform]
  const args = ['--no-deps', '--only-binary=:all:', ...target, '--no-cache-dir', '--progress-bar', 'off', '-d', staging]
  try {
    await runProgram('python3', ['-m', 'pip', 'download', ...args, `${project}==${version}`], {
      // pip writes to its temporary folder first; both the size and what a kill leaves are then seen here.
      env: { ...process.env, TMPDIR: staging },
      onTick: () => meter(folderSize(staging)),
    })
    renameSync(join(staging, file), join(downloads, file))
  } catch (cause) {
    if (!(cause instanceof SetupFailure)) throw cause
    throw new SetupFailure(`cannot fetch ${project} ${version} with pip: ${cause.message}`, { cause })
  } finally {
    rmSync(staging, { recursive: true, force: true })
  }
}
