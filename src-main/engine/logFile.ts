import { appendFile, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { Writable } from 'node:stream'

const maximumLogBytes = 4 * 1024 * 1024

/**
 * A log that is appended to. One that has grown large becomes `<name>.old` first, replacing the older one. What cannot be written (a full disk, a read-only home) is
 * dropped: the log must neither end the application nor stop reading from the engine, which would then wait for its reader.
 */
export function openLogFile(path: string): Writable {
  try {
    prepare(path)
  } catch (cause) {
    process.stderr.write(`No log is kept in ${path}: ${cause instanceof Error ? cause.message : String(cause)}\n`)
  }
  return new Writable({
    write(chunk: Uint8Array, _encoding, done) {
      appendFile(path, chunk, () => done())
    },
  })
}

function prepare(path: string): void {
  mkdirSync(dirname(path), { recursive: true })
  const bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (bytes > maximumLogBytes) renameSync(path, `${path}.old`)
}
