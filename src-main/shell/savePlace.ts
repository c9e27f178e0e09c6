import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Where the dialogs that save begin. */
export interface SavePlace {
  /** The suggested file in the folder of the last one that was saved; else among the user's documents, never where the program was started. */
  suggest(fileName: string): string
  remember(savedPath: string): void
}

/** `folders` are the first places, the best first: one that does not exist is passed over. */
export function createSavePlace(folders: () => readonly string[]): SavePlace {
  let last: string | null = null
  return {
    suggest(fileName) {
      const folder = [...(last === null ? [] : [last]), ...folders()].find((one) => existsSync(one))
      return folder === undefined ? fileName : join(folder, fileName)
    },
    remember: (savedPath) => (last = dirname(savedPath)),
  }
}
