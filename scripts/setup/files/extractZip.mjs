import { createWriteStream, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import yauzl from 'yauzl'
import { interruption } from '../interruption.mjs'

const executableBits = 0o111

/**
 * Extracts the chosen files of a zip archive (a wheel is one too) with their executable bits.
 * @param {string} archive
 * @param {string} targetFolder
 * @param {(path: string) => string | undefined} choose where to put a file, relative to the target; undefined leaves it out
 * @param {(bytes: number) => void} [onBytes] called with the uncompressed bytes written so far
 */
export async function extractZip(archive, targetFolder, choose, onBytes = () => {}) {
  const zip = await yauzl.openPromise(archive)
  let written = 0
  try {
    for await (const entry of zip.eachEntry()) {
      const path = entry.fileName.endsWith('/') ? undefined : choose(entry.fileName)
      if (path === undefined) continue
      const file = join(targetFolder, path)
      mkdirSync(dirname(file), { recursive: true })
      const source = await zip.openReadStreamPromise(entry)
      const mode = (entry.externalFileAttributes >>> 16) & executableBits ? 0o755 : 0o644
      source.on('data', (chunk) => onBytes((written += chunk.length)))
      await pipeline(source, createWriteStream(file, { mode }), { signal: interruption })
    }
  } finally {
    zip.close()
  }
}
