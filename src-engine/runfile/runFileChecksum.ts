import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { ErgoscopeError } from '#shared/errors.ts'
import { fileToken } from './fileToken.ts'

const script = `
const { createHash } = require('node:crypto')
const { createReadStream } = require('node:fs')
const { pipeline } = require('node:stream/promises')
const hash = createHash('sha256')
pipeline(createReadStream(process.argv[1]), hash).then(
  () => process.stdout.write(hash.digest('hex')),
  ({ code, message }) => process.stdout.write(code === 'ENOENT' ? '' : message),
)
`

/** Of the file and its write-ahead log; null where a log is beside it: a part of the run is in there then. */
function wholeFileToken(file: string): string | null {
  const token = fileToken(file)
  return token?.endsWith(':') ? token : null
}

/**
 * SHA-256 of a run file, which `sha256sum` gives, too; null when the file is not the whole run, or was written to or went meanwhile. Computed in a process of its own: the
 * operating system takes all locks on a file from a process that closes it anywhere, and SQLite in this process would read on without them.
 */
export async function runFileChecksum(file: string): Promise<string | null> {
  const before = wholeFileToken(file)
  if (before === null) return null
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=commonjs', '--eval', script, file])
  if (stdout === '' || wholeFileToken(file) !== before) return null
  if (/^[0-9a-f]{64}$/.test(stdout)) return stdout
  throw new ErgoscopeError('unreadable-run', `${file} cannot be read: ${stdout}`)
}
