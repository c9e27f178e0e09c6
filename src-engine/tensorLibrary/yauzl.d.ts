// The part of yauzl 3 that extractZip uses; the published types are those of version 2.
declare module 'yauzl' {
  import type { Readable } from 'node:stream'

  interface Entry {
    readonly fileName: string
    readonly uncompressedSize: number
    readonly externalFileAttributes: number
  }

  interface ZipFile {
    eachEntry(): AsyncIterable<Entry>
    openReadStreamPromise(entry: Entry): Promise<Readable>
    close(): void
  }

  const yauzl: { openPromise(path: string): Promise<ZipFile> }
  export default yauzl
}
