import { watch, type FSWatcher } from 'node:fs'
import type { RunProblem } from '#shared/run.ts'
import type { RunCatalogue } from './runCatalogue.ts'
import { runInSlices } from './slices.ts'
import type { WorkspaceChanges } from './workspace.ts'

const livePollMs = 250
const quietPollMs = 1000
/** Folders are searched for new runs at least so often; a hint of the file system makes it sooner. */
const discoverMs = 2000
/** Share of the time that looking may take: a large or slow workspace is looked at less often. */
const busyShare = 0.05

export interface RunWatch {
  close(): void
}

/** Where the file system offers it, a new entry directly in the workspace is noticed at once; everything else is found by polling. */
function watchFolder(folder: string, onHint: () => void): FSWatcher | null {
  try {
    const watcher = watch(folder, { persistent: false }, onHint)
    watcher.on('error', () => watcher.close()) // the hint is only a convenience, polling goes on
    return watcher
  } catch {
    return null // no watches left, or a file system without them: polling is enough
  }
}

/** The workspace itself went away (an unmounted disk, a removed folder): its runs stay listed, with this beside them, until it is back. */
function unreachableWorkspace(root: string, cause: unknown): RunProblem {
  return { path: root, code: 'not-found', message: cause instanceof Error ? cause.message : String(cause) }
}

/** Tells `onChange` of every run that comes, changes, gets lost or goes, whoever wrote it. */
export function watchRuns(
  root: string,
  catalogue: RunCatalogue,
  onChange: (changes: WorkspaceChanges) => void,
): RunWatch {
  let isClosed = false
  let nextDiscoverMs = performance.now()
  let problemsBefore = JSON.stringify(catalogue.takeChanges().problems)
  let timer: NodeJS.Timeout | null = null
  const hint = watchFolder(root, () => {
    nextDiscoverMs = 0
  })

  async function look(): Promise<void> {
    const startedMs = performance.now()
    const mustDiscover = startedMs >= nextDiscoverMs
    try {
      await runInSlices(mustDiscover ? catalogue.discover() : catalogue.refresh())
      const changes = catalogue.takeChanges()
      const problems = JSON.stringify(changes.problems)
      const isNews = changes.changed.length > 0 || changes.removedRunIds.length > 0 || problems !== problemsBefore
      problemsBefore = problems
      if (isNews && !isClosed) onChange(changes)
    } catch (cause) {
      const problem = unreachableWorkspace(root, cause)
      if (problem.message !== problemsBefore && !isClosed)
        onChange({ changed: [], removedRunIds: [], problems: [problem] })
      problemsBefore = problem.message
    }
    const spentMs = performance.now() - startedMs
    if (mustDiscover) nextDiscoverMs = performance.now() + Math.max(discoverMs, spentMs / busyShare)
    schedule(Math.max(catalogue.hasLiveRun() ? livePollMs : quietPollMs, spentMs / busyShare))
  }

  function schedule(delayMs: number): void {
    if (!isClosed) timer = setTimeout(() => void look(), delayMs).unref()
  }

  schedule(livePollMs)
  return {
    close() {
      isClosed = true
      if (timer) clearTimeout(timer)
      hint?.close()
    },
  }
}
