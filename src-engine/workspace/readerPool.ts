import { join } from 'node:path'
import { openRunReader } from '#engine/runfile/reader.ts'
import type { RunReader } from '#engine/runfile/runFile.ts'
import { runFileName } from '#engine/runfile/runFileFormat.ts'

/** Enough for a comparison of many runs, few enough for the limit of open files. */
const openReaders = 64

/** The readers used last stay open. */
export class ReaderPool {
  readonly #byFolder = new Map<string, RunReader>()

  reader(folder: string): RunReader {
    const reader = this.#byFolder.get(folder) ?? openRunReader(join(folder, runFileName))
    this.#byFolder.delete(folder)
    this.#byFolder.set(folder, reader)
    this.#closeOldest()
    return reader
  }

  close(): void {
    for (const reader of this.#byFolder.values()) reader.close()
    this.#byFolder.clear()
  }

  #closeOldest(): void {
    for (const [folder, reader] of this.#byFolder) {
      if (this.#byFolder.size <= openReaders) return
      this.#byFolder.delete(folder)
      reader.close()
    }
  }
}
