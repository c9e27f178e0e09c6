import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { SetupFailure } from '../setup/SetupFailure.mjs'

/** 7-Zip goes by several names. */
const names = ['7za', '7zz', '7z']

/** The system's 7-Zip, which makes the zip. */
export function sevenZip(path = process.env['PATH'] ?? '') {
  const candidates = path.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)))
  const found = candidates.find((candidate) => existsSync(candidate))
  if (found === undefined)
    throw new SetupFailure('7-Zip, which makes the zip, is not installed: sudo apt-get install -y p7zip-full')
  return found
}
