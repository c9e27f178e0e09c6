import { ErgoscopeError } from '#shared/errors.ts'

/** Names come from strangers' files; this one is no name but a trap for whoever copies the object. */
export const forbiddenName = '__proto__'

/** Refused before it is written: a file that nobody could read. Error: `bad-request`. */
export function assertName(name: string): void {
  if (name === forbiddenName)
    throw new ErgoscopeError('bad-request', `the name ${forbiddenName} is not allowed: choose another one`)
}

/** An object with the given names. Error: `unreadable-run` for a name that no producer has a reason to use. */
export function namedRecord<Value>(entries: readonly (readonly [string, Value])[]): Record<string, Value> {
  if (entries.some(([name]) => name === forbiddenName))
    throw new ErgoscopeError('unreadable-run', `the run file uses the name ${forbiddenName}, which is not allowed`)
  return Object.fromEntries(entries)
}
