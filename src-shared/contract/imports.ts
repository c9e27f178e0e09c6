import { z } from 'zod'
import { configSchema } from '../run.ts'
import { float64Array } from './float64Array.ts'
import { method } from './method.ts'
import { startedRunSchema } from './training.ts'
import { workspacePathSchema } from './workspace.ts'

export const importColumnSchema = z.object({
  name: z.string(),
  kind: z.enum(['numeric', 'text']),
  pointCount: z.number(),
  nonFiniteCount: z.number(),
  suggestedRole: z.string().nullable(),
  /** Up to 400 points for a preview, evenly thinned. */
  preview: float64Array,
})

export const importPreviewSchema = z.object({
  path: z.string(),
  format: z.string(),
  rowCount: z.number(),
  /** `step` column or `row number`. */
  stepSource: z.string(),
  columns: z.array(importColumnSchema),
  /** One line each, with the line number of the file. */
  warnings: z.array(z.string()),
})
export type ImportPreview = z.infer<typeof importPreviewSchema>

export const importsContract = {
  'imports.preview': method(z.object({ path: z.string().min(1) }), importPreviewSchema, { timeoutMs: 120_000 }),
  'imports.run': method(
    z.object({
      workspace: workspacePathSchema,
      path: z.string().min(1),
      name: z.string().optional(),
      /** Role to the columns that play it. */
      roles: z.record(z.string(), z.array(z.string())).default({}),
      config: configSchema.default({}),
    }),
    z.object({ run: startedRunSchema, pointCount: z.number(), warnings: z.array(z.string()) }),
    { timeoutMs: null },
  ),
}
