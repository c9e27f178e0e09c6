import { computed, onScopeDispose, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import { isLive, type RunDetail } from '#shared/run.ts'
import type { AppContext } from '../../app/appContext.ts'
import { useResource, type ResourceState } from '../../rpc/useResource.ts'

export interface LiveRun {
  readonly state: Readonly<ShallowRef<ResourceState<RunDetail>>>
  /** The detail with the newest row of the run in it. */
  readonly detail: ComputedRef<RunDetail | null>
  /** Counts how often the run's points changed, at most four times a second. */
  readonly revision: Readonly<ShallowRef<number>>
  reload(): Promise<void>
}

const revisionMs = 250
const detailMs = 1000

/** Calls `action` at once and then at most every `intervalMs`; the last call is never dropped. */
function throttled(action: () => void, intervalMs: number): { call: () => void; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | null = null
  let isWanted = false
  function run(): void {
    isWanted = false
    action()
    timer = setTimeout(() => {
      timer = null
      if (isWanted) run()
    }, intervalMs)
  }
  return {
    call() {
      if (timer === null) run()
      else isWanted = true
    },
    stop() {
      if (timer !== null) clearTimeout(timer)
    },
  }
}

/** Everything about one run, kept up to date while it trains. */
export function useRunDetail({ client, workspace }: Pick<AppContext, 'client' | 'workspace'>, runId: string): LiveRun {
  const path = workspace.requirePath()
  const resource = useResource(
    () => runId,
    (id, signal) => client.call('runs.get', { workspace: path, runId: id }, { signal }),
  )
  const revision = shallowRef(0)
  const row = computed(() => workspace.runs.value.get(runId) ?? null)
  const points = throttled(() => (revision.value += 1), revisionMs)
  const details = throttled(() => void resource.reload(), detailMs)
  watch(row, (next, previous) => {
    if (next === null || previous === null) return
    if (next.pointCount !== previous.pointCount || next.steps !== previous.steps) points.call()
    if (isLive(next.status) || next.status !== previous.status || next.source !== 'trained') details.call()
  })
  onScopeDispose(() => {
    points.stop()
    details.stop()
  })
  const detail = computed(() => {
    const value = resource.value.value
    return value === null ? null : { ...value, run: row.value ?? value.run }
  })
  return { state: resource.state, detail, revision, reload: () => resource.reload() }
}
