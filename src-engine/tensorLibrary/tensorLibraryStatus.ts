import { statSync } from 'node:fs'
import { join } from 'node:path'
import { readTensorRecord } from '#engine/doctor/setUpRecord.ts'
import {
  findUserLibrary,
  installedKind,
  tensorflowVersion,
  userLibraryRoot,
} from '#engine/tensor/tensorflow/libraryPlaces.ts'
import type { TensorLibraryStatus } from '#shared/contract/tensorLibrary.ts'
import { suggestedKind } from './installForUser.ts'
import { neededBytes, wheels } from './wheels.ts'

/** What is installed, and what installing would take. */
export async function tensorLibraryStatus(): Promise<TensorLibraryStatus> {
  const kind = await suggestedKind()
  const downloadBytes = wheels[kind].reduce((sum, { bytes }) => sum + bytes, 0)
  const downloads = join(userLibraryRoot(), 'downloads')
  const fetched = wheels[kind].map(({ file }) =>
    Math.max(sizeOf(join(downloads, file)), sizeOf(join(downloads, `${file}.part`))),
  )
  return {
    installed: installed(),
    version: tensorflowVersion,
    isSupported: process.platform === 'linux' && process.arch === 'x64',
    suggestedKind: kind,
    downloadBytes,
    unpackedBytes: neededBytes[kind] - downloadBytes,
    fetchedBytes: fetched.reduce((sum, bytes) => sum + bytes, 0),
  }
}

function installed(): TensorLibraryStatus['installed'] {
  const own = findUserLibrary()
  if (own !== null) return { ...own, kind: own.source === 'user' ? installedKind(userLibraryRoot()) : null }
  const record = readTensorRecord()
  if (record === null) return null
  return { source: 'checkout', kind: record.kind === 'cuda' ? 'cuda' : 'cpu', folder: record.libraryDir }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}
