import { z } from 'zod'
import { method } from './method.ts'

const kindSchema = z.enum(['cpu', 'cuda'])

export const tensorLibraryStatusSchema = z.object({
  /** What training would load; null when there is none. */
  installed: z
    .object({ source: z.enum(['environment', 'user', 'checkout']), kind: kindSchema.nullable(), folder: z.string() })
    .nullable(),
  version: z.string(),
  /** False where no build exists for this machine. */
  isSupported: z.boolean(),
  /** The build that fits this machine. */
  suggestedKind: kindSchema,
  /** Of the suggested build. */
  downloadBytes: z.number(),
  unpackedBytes: z.number(),
  /** How much of it an earlier try has left. */
  fetchedBytes: z.number(),
})
export type TensorLibraryStatus = z.infer<typeof tensorLibraryStatusSchema>

export const tensorLibraryContract = {
  'tensorLibrary.status': method(z.object({}), tensorLibraryStatusSchema),
  /** `kind` null: that of the wheels, else the suggested one. Cancelled or broken off, the next call goes on. */
  'tensorLibrary.install': method(
    z.object({ kind: kindSchema.nullable().default(null), wheelFiles: z.array(z.string().min(1)).default([]) }),
    z.object({ kind: kindSchema, version: z.string(), folder: z.string(), wasThere: z.boolean() }),
    { timeoutMs: null },
  ),
}
