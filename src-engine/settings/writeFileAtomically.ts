import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Writes the file aside, then renames it: a reader sees the old or the new content, never a part. Makes the folder when it is missing. */
export function writeFileAtomically(path: string, content: string): void {
  const aside = `${path}.${process.pid}.new`
  mkdirSync(dirname(path), { recursive: true })
  try {
    writeFileSync(aside, content, { flush: true })
    renameSync(aside, path)
  } catch (cause) {
    rmSync(aside, { force: true })
    throw cause
  }
}
