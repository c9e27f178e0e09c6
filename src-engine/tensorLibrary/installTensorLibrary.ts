import { existsSync, mkdirSync, readdirSync, rmSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import {
  buildFolderName,
  mainLibrary,
  tensorflowVersion,
  type LibraryKind,
} from '#engine/tensor/tensorflow/libraryPlaces.ts'
import { ErgoscopeError } from '#shared/errors.ts'
import { fetchWheels } from './fetchWheels.ts'
import { withInstallLock } from './installLock.ts'
import type { InstallRequest } from './installRequest.ts'
import { megabytes } from './megabytes.ts'
import { unpackBuild } from './unpackBuild.ts'
import type { WheelFiles } from './wheelFiles.ts'
import type { Wheel } from './wheels.ts'

export interface InstalledLibrary {
  kind: LibraryKind
  version: string
  /** Folder of the build. */
  folder: string
  wasThere: boolean
}

/**
 * Brings TensorFlow's libraries into the root. Whatever stops it (a kill, a full disk, a lost network), the same call goes on where it was: a wheel is fetched on from the bytes
 * that are there, a build appears only when it is complete. Rejects with ErgoscopeError, whose message says what to do, or with the signal's reason.
 */
export async function installTensorLibrary(request: InstallRequest): Promise<InstalledLibrary> {
  const { root, kind, signal, onProgress } = request
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new ErgoscopeError(
      'tensor-engine-missing',
      `There is no TensorFlow build for ${process.platform}-${process.arch}: train on a Linux x64 machine`,
    )
  const folder = join(root, buildFolderName(kind))
  const done = { kind, version: tensorflowVersion, folder }
  const onWait = (): void => onProgress(0, 'Waiting for another installation')
  try {
    return await withInstallLock(join(root, 'locks', 'tensor-library.lock'), { signal, onWait }, async () => {
      const wasThere = existsSync(join(folder, 'tensorflow', mainLibrary))
      if (!wasThere) await build(request, folder)
      if (request.replacesOthers) removeOthers(root, folder)
      return { ...done, wasThere }
    })
  } catch (cause) {
    throw signal.aborted ? signal.reason : explained(cause, request)
  }
}

async function build(request: InstallRequest, folder: string): Promise<void> {
  const { root, wheels, files, signal, onProgress } = request
  const downloads = join(root, 'downloads')
  mkdirSync(downloads, { recursive: true })
  // Left by a kill; it takes the room that is needed.
  rmSync(`${folder}.partial`, { recursive: true, force: true })
  requireSpace(request, downloads)
  const missing = wheels.filter((wheel) => !files.has(wheel.file))
  const fetched = await fetchWheels(missing, downloads, signal, onProgress)
  const archives = wheels.flatMap((wheel) => files.get(wheel.file) ?? fetched.get(wheel.file) ?? [])
  await unpackBuild(request, archives, folder)
  for (const archive of fetched.values()) if (archive.startsWith(downloads)) rmSync(archive, { force: true })
}

function removeOthers(root: string, folder: string): void {
  for (const name of readdirSync(root))
    if (name.startsWith('tensorflow-') && join(root, name) !== folder)
      rmSync(join(root, name), { recursive: true, force: true })
}

function requireSpace({ wheels, neededBytes, root, files }: InstallRequest, downloads: string): void {
  const { bavail, bsize } = statfsSync(root)
  const atHand = wheels.reduce((sum, wheel) => sum + bytesAtHand(wheel, files, downloads), 0)
  const wanted = neededBytes - atHand
  if (bavail * bsize >= wanted) return
  throw new ErgoscopeError(
    'disk-full',
    `The tensor library needs ${megabytes(wanted)} MB, but ${root} has ${megabytes(bavail * bsize)} MB free: make room and run it again`,
  )
}

function bytesAtHand(wheel: Wheel, files: WheelFiles, downloads: string): number {
  if (files.has(wheel.file)) return wheel.bytes
  const sizes = [wheel.file, `${wheel.file}.part`].map(
    (name) => statSync(join(downloads, name), { throwIfNoEntry: false })?.size ?? 0,
  )
  return Math.max(...sizes)
}

function explained(cause: unknown, { root }: InstallRequest): unknown {
  if (cause instanceof ErgoscopeError || !(cause instanceof Error) || !('code' in cause)) return cause
  const { code } = cause
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new ErgoscopeError(
      'disk-full',
      `The disk of ${root} became full: make room and run it again, it goes on from here`,
      { cause },
    )
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return new ErgoscopeError('read-only', `${root} cannot be written (${code}): change its rights`, { cause })
  return cause
}
