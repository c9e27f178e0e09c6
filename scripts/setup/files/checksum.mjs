import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { SetupFailure } from '../SetupFailure.mjs'

/**
 * @param {string} file
 * @param {'sha256' | 'sha512'} algorithm
 * @param {'hex' | 'base64'} encoding
 */
async function digest(file, algorithm, encoding) {
  const hash = createHash(algorithm)
  await pipeline(createReadStream(file), hash)
  return hash.digest(encoding)
}

/**
 * Checks a file against a pinned checksum: `sha256-<hex>` (as PyPI writes it) or `sha512-<base64>` (as npm does).
 * @param {string} file
 * @param {string} expected
 */
export async function verifyChecksum(file, expected) {
  const isNpm = expected.startsWith('sha512-')
  const actual = isNpm
    ? `sha512-${await digest(file, 'sha512', 'base64')}`
    : `sha256-${await digest(file, 'sha256', 'hex')}`
  if (actual !== expected) {
    throw new SetupFailure(
      `${basename(file)} is not the file that was expected: checksum ${actual}, expected ${expected}. ` +
        'It was discarded; run the command again, and if it fails again, check the package registry in use.',
    )
  }
}
