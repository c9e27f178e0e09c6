import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** `build.json` beside the bundled engine: what the packaging wrote down. */
const buildSchema = z.object({
  /** Program of the window, relative to the engine's folder. */
  window: z.string(),
  electron: z.object({ kind: z.enum(['declared', 'stand-in']), version: z.string(), declaredVersion: z.string() }),
})

/** What belongs to an installed application. */
export type Installation = z.infer<typeof buildSchema> & {
  /** Folder of the documentation. */
  manual: string
}

/** The installed application that this engine is part of, with absolute paths; null in a checkout, where the engine is run from its sources. */
export const installation: Installation | null = import.meta.filename.endsWith('.ts')
  ? null
  : readInstallation(import.meta.dirname)

/** `engineFolder` holds `build.json`. */
export function readInstallation(engineFolder: string): Installation {
  const build = buildSchema.parse(JSON.parse(readFileSync(join(engineFolder, 'build.json'), 'utf8')))
  return { ...build, window: join(engineFolder, build.window), manual: join(engineFolder, '..', 'docs') }
}
