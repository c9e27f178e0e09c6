import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fetchWheel } from '../download/pipWheel.mjs'
import { requireFreeSpace } from '../files/freeSpace.mjs'
import { buildFolder } from '../files/buildFolder.mjs'
import { extractZip } from '../files/extractZip.mjs'
import { neededBytes, wheels } from './wheels.mjs'

/**
 * Fetches the wheels of a build and keeps of them what compiling and running the addon needs.
 * @param {'cpu' | 'cuda'} kind
 * @param {string} folder
 * @param {import('../locations.mjs').Locations} locations
 * @param {import('../progress.mjs').Progress} progress
 */
export async function unpackTensorflow(kind, folder, locations, progress) {
  const downloads = join(locations.cache, 'downloads')
  mkdirSync(downloads, { recursive: true })
  requireFreeSpace(downloads, neededBytes[kind], 'the tensor library')
  /** @type {string[]} */
  const archives = []
  for (const wheel of wheels[kind]) archives.push(await fetchWheel(wheel, downloads, progress))
  await buildFolder(folder, async (partial) => {
    for (const archive of archives) {
      await extractZip(archive, partial, (path) => (isNeeded(path) ? path : undefined))
    }
  })
  for (const archive of archives) rmSync(archive, { force: true })
}

/** @param {string} path inside a wheel */
export function isNeeded(path) {
  if (/^tensorflow\/libtensorflow_(cc|framework)\.so\.2$/.test(path)) return true
  if (/^tensorflow\/(THIRD_PARTY_NOTICES\.txt|include\/LICENSE)$/.test(path)) return true
  if (/^tensorflow\/include\/tensorflow\/(c|core\/platform)\//.test(path)) return path.endsWith('.h')
  if (/^tensorflow\/include\/.*tsl/.test(path)) return path.endsWith('.h')
  // NVIDIA's wheels: libraries, and the compiler parts (ptxas, libdevice) that TensorFlow starts at run time.
  return /^nvidia\/[^/]+\/(lib|bin|nvvm)\//.test(path)
}
