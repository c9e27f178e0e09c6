import { computed, onScopeDispose, shallowReadonly, shallowRef, watch } from 'vue'
import type { ComputedRef, ShallowRef } from 'vue'
import type { RunSort } from '#shared/contract/runs.ts'
import { ErgoscopeError, toErrorReport } from '#shared/errors.ts'
import type { ErrorReport } from '#shared/errors.ts'
import type { RunRow } from '#shared/run.ts'
import type { Client } from '../../rpc/client.ts'

export interface RunListNeeds {
  client: Client
  workspace: () => string | null
  /** Live rows by id: what is shown of a run is always the newest. */
  runs: () => ReadonlyMap<string, RunRow>
  filter: () => string
  sort: () => readonly RunSort[]
}

export interface RunList {
  /** Matching runs in order. While a filter is being mended, the last list that worked. */
  readonly listed: ComputedRef<RunRow[]>
  readonly queryMs: Readonly<ShallowRef<number>>
  /** Why the newest filter or sort could not be done; null when it could. */
  readonly error: Readonly<ShallowRef<ErrorReport | null>>
  readonly isLoaded: Readonly<ShallowRef<boolean>>
}

const newestFirst: RunSort[] = [{ column: 'createdAtMs', direction: 'descending' }]
const typingPauseMs = 120
const leastRefreshMs = 2000

/** Which runs are shown, in which order: filtered and sorted by the engine, asked again as runs come, go and change. */
export function useRunList({ client, workspace, runs, filter, sort }: RunListNeeds): RunList {
  const ids = shallowRef<readonly string[]>([])
  const queryMs = shallowRef(0)
  const error = shallowRef<ErrorReport | null>(null)
  const isLoaded = shallowRef(false)
  let controller: AbortController | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let isScheduled = false

  async function read(): Promise<void> {
    isScheduled = false
    const path = workspace()
    if (path === null) return
    controller?.abort()
    const own = new AbortController()
    controller = own
    try {
      const request = {
        workspace: path,
        filter: filter(),
        sort: sort().length > 0 ? [...sort()] : newestFirst,
        limit: 100_000,
      }
      const answer = await client.call('runs.list', request, { signal: own.signal })
      if (own.signal.aborted) return
      ids.value = answer.runs.map((run) => run.id)
      queryMs.value = answer.queryMs
      error.value = null
      isLoaded.value = true
    } catch (thrown) {
      if (own.signal.aborted || (thrown instanceof ErgoscopeError && thrown.code === 'cancelled')) return
      error.value = toErrorReport(thrown)
    }
  }

  function schedule(delayMs: number): void {
    if (isScheduled) return
    isScheduled = true
    clearTimeout(timer)
    timer = setTimeout(() => void read(), delayMs)
  }

  watch(workspace, () => void read(), { immediate: true })
  watch([filter, sort], () => {
    clearTimeout(timer)
    isScheduled = false
    schedule(typingPauseMs)
  })
  // The order can only change with the runs: asked at a pace that a slow query sets itself.
  watch(runs, () => schedule(Math.max(leastRefreshMs, 10 * queryMs.value)))
  onScopeDispose(() => {
    clearTimeout(timer)
    controller?.abort()
  })

  const listed = computed(() => {
    const byId = runs()
    return ids.value.flatMap((id) => byId.get(id) ?? [])
  })
  return {
    listed,
    queryMs: shallowReadonly(queryMs),
    error: shallowReadonly(error),
    isLoaded: shallowReadonly(isLoaded),
  }
}
