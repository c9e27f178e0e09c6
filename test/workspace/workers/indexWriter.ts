// Puts the verdict of a run into indexes, as it is told, at the very moment that it is told. Argument: the run's id.
import { WorkspaceIndex } from '#engine/workspace/workspaceIndex.ts'

const [runId = ''] = process.argv.slice(2)
const verdict = { id: 'drifting', summary: 's', detail: 'd', weakestLink: null }

process.on('message', ({ folder, atMs }: { folder: string; atMs: number }) => {
  while (Date.now() < atMs);
  const index = new WorkspaceIndex(folder, false)
  index.saveDiagnosis(runId, 'key', { content: new Uint8Array(1000), verdict, computedAtMs: 1 }, 3)
  index.close()
  process.send?.('saved')
})
process.send?.('ready')
