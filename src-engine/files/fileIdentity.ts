import { statSync, type BigIntStats } from 'node:fs'

/** Which file this is, whatever is in it: one made anew under the same name is another, though file systems like to give it the same number. */
export function identityOf({ dev, ino, birthtimeNs }: BigIntStats): string {
  return `${dev}:${ino}:${birthtimeNs}`
}

/** Which file stands at this path now; null when there is none. */
export function fileIdentity(file: string): string | null {
  const found = statSync(file, { throwIfNoEntry: false, bigint: true })
  return found ? identityOf(found) : null
}

/** The identity in a file's token. */
export function identityIn(token: string): string {
  return token.split(':', 3).join(':')
}
