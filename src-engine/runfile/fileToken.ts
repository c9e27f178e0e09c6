import { statSync, type BigIntStats } from 'node:fs'
import { identityOf } from '#engine/files/fileIdentity.ts'
import { errorCodeOf } from '#engine/files/sqliteErrors.ts'

/**
 * Changes whenever a commit reaches the run file or its write-ahead log, whoever made it; null when there is no file. Costs two `stat` calls and opens nothing; a file that
 * cannot be looked at (a link to itself, a folder that is not ours) has a token that says so: reading it tells why.
 */
export function fileToken(file: string): string | null {
  let main: BigIntStats | undefined
  let log: BigIntStats | undefined
  try {
    main = statSync(file, { throwIfNoEntry: false, bigint: true })
    log = statSync(`${file}-wal`, { throwIfNoEntry: false, bigint: true })
  } catch (cause) {
    return `unreadable:${errorCodeOf(cause)}`
  }
  if (!main) return null
  return `${identityOf(main)}:${main.size}:${main.mtimeNs}:${log ? `${log.size}:${log.mtimeNs}` : ''}`
}
