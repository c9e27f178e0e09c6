import { computed, shallowReadonly, shallowRef } from 'vue'
import type { ComputedRef, ShallowRef } from 'vue'
import type { ViewState, WorkspaceInfo } from '#shared/contract/workspace.ts'
import { ErgoscopeError } from '#shared/errors.ts'
import type { RunProblem, RunRow } from '#shared/run.ts'
import type { Client } from '../rpc/client.ts'
import { runColor } from './runColors.ts'
import type { RunColor } from './runColors.ts'
import { withSelected, withToggled } from './selection.ts'

export interface WorkspaceStore {
  /** The open workspace; null on the start page. */
  readonly info: Readonly<ShallowRef<WorkspaceInfo | null>>
  /** Every run of the workspace by id, kept live. A changed run is a new object. */
  readonly runs: Readonly<ShallowRef<ReadonlyMap<string, RunRow>>>
  readonly problems: Readonly<ShallowRef<readonly RunProblem[]>>
  readonly view: Readonly<ShallowRef<ViewState>>
  /** False until the first list of runs arrived. */
  readonly isLoaded: Readonly<ShallowRef<boolean>>
  /** The selected runs that exist, in the order of selection. */
  readonly selectedRuns: ComputedRef<RunRow[]>
  readonly liveCount: ComputedRef<number>
  open(path: string, options?: { create?: boolean }): Promise<WorkspaceInfo>
  close(): void
  isSelected(runId: string): boolean
  /** Colour of a run that has one; null for a run that was never selected. */
  colorOf(runId: string): RunColor | null
  toggle(runId: string): void
  select(runIds: readonly string[]): void
  setBaseline(runId: string | null): void
  /** Path of the open workspace; throws when none is open (a view that needs one is shown without). */
  requirePath(): string
}

const emptyView: ViewState = { selectedRunIds: [], colorSlots: {}, baselineRunId: null }
const saveDelayMs = 400

export function createWorkspaceStore(client: Client, onError: (thrown: unknown) => void): WorkspaceStore {
  const info = shallowRef<WorkspaceInfo | null>(null)
  const runs = shallowRef<ReadonlyMap<string, RunRow>>(new Map())
  const problems = shallowRef<readonly RunProblem[]>([])
  const view = shallowRef<ViewState>(emptyView)
  const isLoaded = shallowRef(false)
  let unsubscribe: () => void = () => undefined
  let saveTimer: ReturnType<typeof setTimeout> | undefined

  async function loadRuns(workspace: string): Promise<void> {
    const listed = await client.call('runs.list', { workspace, limit: 100_000 })
    if (info.value?.path !== workspace) return
    const next = new Map(listed.runs.map((run) => [run.id, run]))
    // A change that overtook the list is newer than the list.
    for (const [id, run] of changedWhileLoading) next.set(id, run)
    runs.value = next
    isLoaded.value = true
  }

  const changedWhileLoading = new Map<string, RunRow>()

  function apply(changed: readonly RunRow[], removedRunIds: readonly string[]): void {
    if (!isLoaded.value) for (const run of changed) changedWhileLoading.set(run.id, run)
    const next = new Map(runs.value)
    for (const run of changed) next.set(run.id, run)
    for (const runId of removedRunIds) next.delete(runId)
    runs.value = next
  }

  async function open(path: string, options: { create?: boolean } = {}): Promise<WorkspaceInfo> {
    const opened = await client.call('workspace.open', { path, create: options.create ?? false })
    close()
    info.value = opened
    problems.value = opened.problems
    view.value = opened.view
    let hasBegun = false
    unsubscribe = client.subscribe('workspace.changes', { workspace: opened.path }, (event) => {
      if (event.changed.length > 0 || event.removedRunIds.length > 0) apply(event.changed, event.removedRunIds)
      problems.value = event.problems
      // The first event of a later subscription means that the engine was restarted: changes in between were missed.
      if (event.changed.length === 0 && event.removedRunIds.length === 0 && hasBegun)
        loadRuns(opened.path).catch(onError)
      hasBegun = true
    })
    await loadRuns(opened.path)
    return opened
  }

  function close(): void {
    unsubscribe()
    unsubscribe = () => undefined
    changedWhileLoading.clear()
    info.value = null
    runs.value = new Map()
    problems.value = []
    view.value = emptyView
    isLoaded.value = false
  }

  function setView(next: ViewState): void {
    view.value = next
    clearTimeout(saveTimer)
    const workspace = info.value
    if (workspace === null || workspace.isReadOnly) return
    saveTimer = setTimeout(
      () => client.call('workspace.saveView', { workspace: workspace.path, view: next }).catch(onError),
      saveDelayMs,
    )
  }

  return {
    info: shallowReadonly(info),
    runs: shallowReadonly(runs),
    problems: shallowReadonly(problems),
    view: shallowReadonly(view),
    isLoaded: shallowReadonly(isLoaded),
    selectedRuns: computed(() => view.value.selectedRunIds.flatMap((id) => runs.value.get(id) ?? [])),
    liveCount: computed(() => [...runs.value.values()].filter((run) => run.status === 'running').length),
    open,
    close,
    isSelected: (runId) => view.value.selectedRunIds.includes(runId),
    colorOf(runId) {
      const slot = view.value.colorSlots[runId]
      return slot === undefined ? null : runColor(slot)
    },
    toggle: (runId) => setView(withToggled(view.value, runId, runs.value)),
    select: (runIds) => setView(withSelected(view.value, runIds, runs.value)),
    setBaseline: (baselineRunId) => setView({ ...view.value, baselineRunId }),
    requirePath() {
      if (info.value === null) throw new ErgoscopeError('not-found', 'No workspace is open: open a folder first')
      return info.value.path
    },
  }
}
