import { createWriteStream, mkdirSync, renameSync, statSync, type WriteStream } from 'node:fs'
import { dirname } from 'node:path'

const maximumLogBytes = 4 * 1024 * 1024

/** Opens a log for appending. One that has grown large becomes `<name>.old` first, replacing the older one. */
export function openLogFile(path: string): WriteStream {
  mkdirSync(dirname(path), { recursive: true })
  const bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (bytes > maximumLogBytes) renameSync(path, `${path}.old`)
  return createWriteStream(path, { flags: 'a' })
}
