import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { fileToken } from './fileToken.ts'
import { explainReadError } from './sqliteErrors.ts'

const script = `
const { createHash } = require('node:crypto')
const { createReadStream } = require('node:fs')
const { pipeline } = require('node:stream/promises')
const hash = createHash('sha256')
pipeline(createReadStream(process.argv[1]), hash).then(() => process.stdout.write(hash.digest('hex')))
`

/** Of the file and its write-ahead log; null where a log is beside it: a part of the run is in there then. */
function wholeFileToken(file: string): string | null {
  const token = fileToken(file)
  return token?.endsWith(':') ? token : null
}

/**
 * SHA-256 of a run file, which `sha256sum` gives, too; null when the file is not the whole run, or was written to meanwhile. Computed in a process of its own: the
 * operating system takes all locks on a file from a process that closes it anywhere, and SQLite in this process would read on without them.
 */
export async function runFileChecksum(file: string): Promise<string | null> {
  const before = wholeFileToken(file)
  if (before === null) return null
  try {
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=commonjs', '--eval', script, file])
    return wholeFileToken(file) === before ? stdout : null
  } catch (cause) {
    throw explainReadError(cause, file)
  }
}
