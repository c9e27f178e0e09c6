import { statSync } from 'node:fs'

/** Which file stands at this path now: a file made anew under the same name is another one. Null when there is none. */
export function fileIdentity(file: string): string | null {
  const found = statSync(file, { throwIfNoEntry: false, bigint: true })
  return found ? `${found.dev}:${found.ino}:${found.birthtimeNs}` : null
}
