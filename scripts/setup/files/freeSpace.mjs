import { statfsSync } from 'node:fs'
import { SetupFailure } from '../SetupFailure.mjs'
import { formatMegabytes } from '../progress.mjs'

/**
 * @param {string} folder
 * @param {number} bytes
 * @param {string} what
 */
export function requireFreeSpace(folder, bytes, what) {
  const { bavail, bsize } = statfsSync(folder)
  if (bavail * bsize >= bytes) return
  throw new SetupFailure(
    `${what} needs ${formatMegabytes(bytes)} while it is unpacked, but ${folder} has ${formatMegabytes(bavail * bsize)} free. ` +
      'Free some space, or set XDG_CACHE_HOME to a folder on another disk.',
  )
}
