import { z } from 'zod'
import { runDetailSchema, runRowSchema } from '../run.ts'
import { method } from './method.ts'
import { workspacePathSchema } from './workspace.ts'

/** Column to sort by: a field of the row (`name`, `status`, `steps`, `createdAtMs`, `verdict`), `config.KEY`, or `metrics."NAME".last|min|max|count`. */
export const sortSchema = z.object({ column: z.string(), direction: z.enum(['ascending', 'descending']) })
export type RunSort = z.infer<typeof sortSchema>

export const runsContract = {
  /** Filtered and sorted by the engine; `filter` is the language of docs/filter.md, empty for all. */
  'runs.list': method(
    z.object({
      workspace: workspacePathSchema,
      filter: z.string().default(''),
      sort: z.array(sortSchema).default([]),
      offset: z.int().nonnegative().default(0),
      limit: z.int().positive().max(100_000).default(10_000),
    }),
    z.object({ runs: z.array(runRowSchema), matchedCount: z.number(), totalCount: z.number(), queryMs: z.number() }),
  ),
  'runs.get': method(z.object({ workspace: workspacePathSchema, runId: z.string() }), runDetailSchema),
  /** Checks the run file's checksums and structure. */
  'runs.verify': method(
    z.object({ workspace: workspacePathSchema, runId: z.string() }),
    z.object({ isSound: z.boolean(), findings: z.array(z.string()), checkedSeries: z.number() }),
    { timeoutMs: null },
  ),
}
