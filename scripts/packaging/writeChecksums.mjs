import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Writes `SHA256SUMS` over the files of a folder, in the form of sha256sum, and returns it. Notes of the packaging tool
 * itself are not artefacts and are left out.
 * @param {string} folder
 */
export function writeChecksums(folder) {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !/^(SHA256SUMS|builder-.*\.ya?ml|latest.*\.yml)$/.test(entry.name))
    .map((entry) => entry.name)
  const lines = names.map((name) => `${sha256(join(folder, name))}  ${name}`)
  writeFileSync(join(folder, 'SHA256SUMS'), `${lines.join('\n')}\n`)
  return lines.join('\n')
}

/** @param {string} file */
function sha256(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex')
}
