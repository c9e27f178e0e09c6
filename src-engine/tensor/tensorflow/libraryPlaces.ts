import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { userFolders } from '#shared/userFolders.ts'
import version from './version.json' with { type: 'json' }

export type LibraryKind = 'cpu' | 'cuda'

/** The TensorFlow that the addon is compiled against and runs on. */
export const tensorflowVersion: string = version.tensorflow

/** The shared library that the addon asks for; it brings libtensorflow_framework along from its own folder. */
export const mainLibrary = 'libtensorflow_cc.so.2'

/** A TensorFlow of the user's: `folder` holds its shared libraries. */
export interface FoundLibrary {
  source: 'environment' | 'user'
  folder: string
}

/** The folder of an unpacked build below `root`; its libraries lie in `tensorflow/` in it. */
export function buildFolderName(kind: LibraryKind): string {
  return `tensorflow-${tensorflowVersion}-${kind}`
}

/** Where a user's own library is kept: below the data folder, because a training without it is slow. */
export function userLibraryRoot(environment: NodeJS.ProcessEnv = process.env): string {
  return userFolders({ environment, platform: process.platform, home: homedir() }).data
}

/** The build that a root holds complete, the CUDA build first: without a GPU it runs on the CPU. */
export function installedKind(root: string): LibraryKind | null {
  const kinds: readonly LibraryKind[] = ['cuda', 'cpu']
  return kinds.find((kind) => existsSync(join(root, buildFolderName(kind), 'tensorflow', mainLibrary))) ?? null
}

/**
 * The TensorFlow that ERGOSCOPE_TENSORFLOW names, else the one that the user installed. Null when there is neither: the addon then looks where it was built
 * against, which is right in a checkout. Throws when the variable names no TensorFlow: silence would hide the mistake.
 */
export function findUserLibrary(environment: NodeJS.ProcessEnv = process.env): FoundLibrary | null {
  const named = environment['ERGOSCOPE_TENSORFLOW']
  if (named !== undefined && named !== '') {
    const folder = [named, join(named, 'tensorflow')].find((candidate) => existsSync(join(candidate, mainLibrary)))
    if (folder === undefined || !isAbsolute(folder))
      throw new Error(`ERGOSCOPE_TENSORFLOW=${named} is not an absolute path of a folder with ${mainLibrary}`)
    return { source: 'environment', folder }
  }
  const root = userLibraryRoot(environment)
  const kind = installedKind(root)
  return kind === null ? null : { source: 'user', folder: join(root, buildFolderName(kind), 'tensorflow') }
}
