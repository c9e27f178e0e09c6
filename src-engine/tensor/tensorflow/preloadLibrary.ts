import { constants } from 'node:os'
import { join } from 'node:path'
import { mainLibrary } from './libraryPlaces.ts'

/** Keeps a library loaded when its handle is closed (dlfcn.h of Linux); Node names only the other flags. */
const keepLoaded = 0x1000

/**
 * Loads TensorFlow from a folder of the user's choice. The addon that is loaded next asks for the same library by name, and the dynamic loader gives it the one
 * that is there already. Throws with the loader's own words when that fails.
 */
export function preloadLibrary(folder: string): void {
  const file = join(folder, mainLibrary)
  const { RTLD_NOW, RTLD_GLOBAL } = constants.dlopen
  try {
    process.dlopen({ exports: {} }, file, RTLD_NOW | RTLD_GLOBAL | keepLoaded)
  } catch (cause) {
    // It is a library, not an addon, which Node says after it has loaded it.
    if (!(cause instanceof Error && cause.message.startsWith('Module did not self-register'))) throw cause
  }
}
