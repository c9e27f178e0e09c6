import { randomUUID } from 'node:crypto'
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** A place beside a file to write its content to before it is renamed: of this one writer alone, also where several threads or machines write the file at once. */
export function placeAside(path: string): string {
  return `${path}.${randomUUID().slice(0, 13)}.new`
}

/** Writes the file aside, then renames it: a reader sees the old or the new content, never a part. Makes the folder when it is missing. */
export function writeFileAtomically(path: string, content: string): void {
  const aside = placeAside(path)
  mkdirSync(dirname(path), { recursive: true })
  try {
    writeFileSync(aside, content, { flush: true })
    renameSync(aside, path)
  } catch (cause) {
    rmSync(aside, { force: true })
    throw cause
  }
}
