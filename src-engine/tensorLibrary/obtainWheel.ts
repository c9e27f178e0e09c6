import { existsSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ErgoscopeError } from '#shared/errors.ts'
import { sha256Of } from './checksum.ts'
import { connectAsSystem } from './connectAsSystem.ts'
import { fetchFile } from './fetchFile.ts'
import { askPip, downloadWithPip } from './pip.ts'
import type { Wheel } from './wheels.ts'

export interface ObtainOptions {
  python: string
  signal: AbortSignal
  onBytes: (bytes: number) => void
}

/**
 * Fetches a wheel into the folder of downloads and checks it: the rest of it when an earlier try left a part. pip says where from. When our own connection does not get
 * there (a proxy, certificates or a password that only pip knows), pip fetches it. Returns the path of the verified wheel.
 */
export async function obtainWheel(wheel: Wheel, downloads: string, options: ObtainOptions): Promise<string> {
  const file = join(downloads, wheel.file)
  const part = `${file}.part`
  if (!existsSync(file)) {
    const url = await askPip(options.python, wheel, { staging: `${part}.asking`, signal: options.signal })
    if (url?.startsWith('file:')) return verified(fileURLToPath(url), wheel, options.signal)
    if (url === null || !(await isFetched(url, part, wheel, options))) await letPipFetch(wheel, part, options)
    renameSync(part, file)
  }
  try {
    return await verified(file, wheel, options.signal)
  } catch (cause) {
    if (cause instanceof ErgoscopeError) rmSync(file, { force: true })
    throw cause
  }
}

/** True when the part is complete; false when the connection failed. */
async function isFetched(url: string, part: string, wheel: Wheel, options: ObtainOptions): Promise<boolean> {
  if ((statSync(part, { throwIfNoEntry: false })?.size ?? 0) > wheel.bytes) rmSync(part)
  try {
    connectAsSystem()
    await fetchFile(url, part, wheel.bytes, options)
    return true
  } catch (cause) {
    options.signal.throwIfAborted()
    if (isAboutTheDisk(cause)) throw cause
    return false
  }
}

async function letPipFetch(wheel: Wheel, part: string, { python, signal, onBytes }: ObtainOptions): Promise<void> {
  const { isOk, reason } = await downloadWithPip(python, wheel, `${part}.whole`, { signal, onBytes })
  if (isOk) return renameSync(`${part}.whole`, part)
  throw new ErgoscopeError(
    'tensor-engine-missing',
    `${wheel.file} could not be fetched (${reason || 'pip gave no reason'}): look at the network and run it again, it goes on from here; or give the file with --wheel`,
  )
}

async function verified(file: string, wheel: Wheel, signal: AbortSignal): Promise<string> {
  const sha256 = await sha256Of(file, signal)
  if (sha256 === wheel.sha256) return file
  throw new ErgoscopeError(
    'tensor-engine-missing',
    `${wheel.file} is not the file that was expected: its sha256 is ${sha256}, expected is ${wheel.sha256}. It was discarded; run it again, and if it fails again, look at the package index that pip uses`,
  )
}

/** Errors of the file system name the call that failed; those of a connection come from fetch. */
function isAboutTheDisk(cause: unknown): boolean {
  return (
    cause instanceof Error &&
    'syscall' in cause &&
    ['open', 'write', 'mkdir', 'fsync', 'close'].includes(String(cause.syscall))
  )
}
