import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const checkout = join(import.meta.dirname, '..', '..')

/** False in an installed application, where nothing is compiled or set up. */
export const isCheckout = existsSync(join(checkout, 'scripts', 'setup'))

const electronRecordSchema = z.object({
  kind: z.string(),
  version: z.string(),
  declaredVersion: z.string(),
  executable: z.string(),
})
export type ElectronRecord = z.infer<typeof electronRecordSchema>

const tensorRecordSchema = z.object({ kind: z.string(), tensorflowVersion: z.string(), libraryDir: z.string() })
export type TensorRecord = z.infer<typeof tensorRecordSchema>

/** What the set-up noted about Electron; null when it did not install one (or in an installed application). */
export function readElectronRecord(): ElectronRecord | null {
  return readRecord('electron.json', electronRecordSchema)
}

/** What the set-up noted about the tensor library; null when there is none. */
export function readTensorRecord(): TensorRecord | null {
  return readRecord('tensor.json', tensorRecordSchema)
}

function readRecord<Schema extends z.ZodType>(name: string, schema: Schema): z.output<Schema> | null {
  let text: string
  try {
    text = readFileSync(join(checkout, '.setup', name), 'utf8')
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null
    throw cause
  }
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null
  } catch (cause) {
    // A set-up that was interrupted while it wrote: as good as none.
    if (cause instanceof SyntaxError) return null
    throw cause
  }
}
