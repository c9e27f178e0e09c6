import { createWriteStream, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import yauzl from 'yauzl'

const executableBits = 0o111

export interface ExtractOptions {
  isNeeded: (path: string) => boolean
  signal: AbortSignal
  onBytes: (bytes: number) => void
}

/** Extracts the needed files of a wheel, which is a zip archive, with their executable bits. Names that point out of the folder are refused by yauzl. */
export async function extractWheel(wheel: string, folder: string, options: ExtractOptions): Promise<void> {
  const zip = await yauzl.openPromise(wheel)
  let written = 0
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith('/') || !options.isNeeded(entry.fileName)) continue
      const file = join(folder, entry.fileName)
      mkdirSync(dirname(file), { recursive: true })
      const source = await zip.openReadStreamPromise(entry)
      source.on('data', (chunk: Uint8Array) => options.onBytes((written += chunk.length)))
      const mode = (entry.externalFileAttributes >>> 16) & executableBits ? 0o755 : 0o644
      await pipeline(source, createWriteStream(file, { mode, flush: true }), { signal: options.signal })
    }
  } finally {
    zip.close()
  }
}

/** What of TensorFlow's and NVIDIA's wheels running the addon needs, and their licences. */
export function isRuntimePart(path: string): boolean {
  if (/^tensorflow\/libtensorflow_(cc|framework)\.so\.2$/.test(path)) return true
  if (/^tensorflow\/THIRD_PARTY_NOTICES\.txt$|^[^/]+\.dist-info\/(licenses\/)?LICENSE[^/]*$/i.test(path)) return true
  // NVIDIA's wheels: libraries, and the compiler parts (ptxas, libdevice) that TensorFlow starts at run time.
  return /^nvidia\/[^/]+\/(lib|bin|nvvm)\//.test(path)
}

/** What compiling the addon needs beside that. */
export function isHeader(path: string): boolean {
  if (path === 'tensorflow/include/LICENSE') return true
  return path.endsWith('.h') && /^tensorflow\/include\/(tensorflow\/(c|core\/platform)\/|.*tsl)/.test(path)
}
