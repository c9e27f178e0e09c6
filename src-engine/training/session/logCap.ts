import { closeSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs'

/** Keeps a log that is opened for appending below a size: when it is larger, only its newer half stays. Bytes written meanwhile by others may be lost. */
export function capLog(file: string, maximumBytes: number): void {
  const handle = openSync(file, 'a+')
  try {
    const { size } = fstatSync(handle)
    if (size <= maximumBytes) return
    const kept = Buffer.alloc(Math.floor(maximumBytes / 2))
    const readBytes = readSync(handle, kept, 0, kept.length, size - kept.length)
    ftruncateSync(handle, 0)
    writeSync(handle, `(older lines were dropped at ${maximumBytes} bytes)\n`)
    writeSync(handle, kept, 0, readBytes)
  } finally {
    closeSync(handle)
  }
}
