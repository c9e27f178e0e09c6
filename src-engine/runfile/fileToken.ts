import { statSync } from 'node:fs'

/**
 * Changes whenever a commit reaches the run file or its write-ahead log, whoever made it; null when there is no file. Costs two `stat` calls and opens nothing.
 */
export function fileToken(file: string): string | null {
  const main = statSync(file, { throwIfNoEntry: false, bigint: true })
  if (!main) return null
  const log = statSync(`${file}-wal`, { throwIfNoEntry: false, bigint: true })
  return `${main.dev}:${main.ino}:${main.size}:${main.mtimeNs}:${log ? `${log.size}:${log.mtimeNs}` : ''}`
}
