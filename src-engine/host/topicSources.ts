import type { TopicPayload } from '#shared/contract/contract.ts'
import type { TopicSources } from './handlers.ts'
import type { EngineServices } from './services.ts'

type WorkspaceChanges = TopicPayload<'workspace.changes'>

/** Where the events of each topic come from. */
export function createTopicSources({ workspaces }: EngineServices): TopicSources {
  return {
    'workspace.changes': {
      async open({ workspace }, emit) {
        const opened = await workspaces.get(workspace)
        const stop = opened.onChange(emit)
        emit({ changed: [], removedRunIds: [], problems: opened.info().problems })
        return stop
      },
      merge: mergeChanges,
    },
  }
}

/** What both events together say: the newest row of each run, and of `problems` the newest list, which is always whole. */
export function mergeChanges(older: WorkspaceChanges, newer: WorkspaceChanges): WorkspaceChanges {
  const removed = new Set([...older.removedRunIds, ...newer.removedRunIds])
  for (const row of newer.changed) removed.delete(row.id)
  const changed = new Map([...older.changed, ...newer.changed].map((row) => [row.id, row]))
  for (const id of newer.removedRunIds) if (!newer.changed.some((row) => row.id === id)) changed.delete(id)
  return { changed: [...changed.values()], removedRunIds: [...removed], problems: newer.problems }
}
