import { ErgoscopeError } from '#shared/errors.ts'

/** The files that the user chose in a save dialog: the only ones that the page may have written. */
export interface SavePlaces {
  allow(path: string): void
  /** Throws ErgoscopeError `forbidden` for a request whose `path` the user did not choose. */
  check(request: unknown): void
}

export function createSavePlaces(): SavePlaces {
  const chosen = new Set<string>()
  return {
    allow: (path) => void chosen.add(path),
    check(request) {
      const path = typeof request === 'object' && request !== null && 'path' in request ? request.path : undefined
      if (typeof path === 'string' && chosen.has(path)) return
      throw new ErgoscopeError(
        'forbidden',
        `${String(path).slice(0, 200)} was not chosen in a save dialog: choose it first`,
      )
    },
  }
}
