import { z } from 'zod'
import { runProblemSchema, runRowSchema } from '../run.ts'
import { method, topic } from './method.ts'

/** Absolute path of a workspace folder. */
export const workspacePathSchema = z.string().min(1)

/** What the views share: one selection, with a colour slot (0, 1, 2 ...) per run that keeps its meaning across sessions. */
export const viewStateSchema = z.object({
  selectedRunIds: z.array(z.string()).default([]),
  colorSlots: z.record(z.string(), z.int().nonnegative()).default({}),
  baselineRunId: z.string().nullable().default(null),
})
export type ViewState = z.infer<typeof viewStateSchema>

export const workspaceInfoSchema = z.object({
  path: z.string(),
  name: z.string(),
  isReadOnly: z.boolean(),
  runCount: z.number(),
  problems: z.array(runProblemSchema),
  view: viewStateSchema,
  /** When the path that was opened is one run's folder: the run to show. */
  focusRunId: z.string().nullable(),
})
export type WorkspaceInfo = z.infer<typeof workspaceInfoSchema>

export const workspaceContract = {
  /** Opens a workspace, or the workspace around a run's folder; `create` makes the folder when it does not exist. */
  'workspace.open': method(
    z.object({ path: z.string().min(1), create: z.boolean().default(false) }),
    workspaceInfoSchema,
    // The first time every run file is read: minutes for ten thousand on a slow disk. Later only those that changed.
    { timeoutMs: 300_000 },
  ),
  'workspace.saveView': method(z.object({ workspace: workspacePathSchema, view: viewStateSchema }), z.object({})),
}

export const workspaceTopics = {
  /** Runs that are new or changed since the last event (the first event is empty), and folders that went or cannot be read. */
  'workspace.changes': topic(
    z.object({ workspace: workspacePathSchema }),
    z.object({
      changed: z.array(runRowSchema),
      removedRunIds: z.array(z.string()),
      problems: z.array(runProblemSchema),
    }),
  ),
}
