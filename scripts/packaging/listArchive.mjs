import { listPackage, statFile } from '@electron/asar'

/**
 * Every file in an asar, sorted by path.
 * @param {string} archive
 * @returns {import('./listFiles.mjs').PackagedFile[]}
 */
export function listArchive(archive) {
  return listPackage(archive, { isPack: false })
    .map((path) => path.slice(1).replaceAll('\\', '/'))
    .flatMap((path) => {
      const entry = statFile(archive, path)
      return 'size' in entry ? [{ path, bytes: entry.size }] : []
    })
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
}
