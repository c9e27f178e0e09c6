import { onScopeDispose, shallowReadonly, shallowRef, watch } from 'vue'
import type { ShallowRef } from 'vue'
import { ErgoscopeError, toErrorReport } from '#shared/errors.ts'
import type { ErrorReport } from '#shared/errors.ts'

/** `previous` is what was shown before: it stays on the screen, faded, while newer data load or fail. */
export type ResourceState<Value> =
  | { state: 'idle' }
  | { state: 'loading'; previous: Value | null; isSlow: boolean }
  | { state: 'ready'; value: Value }
  | { state: 'failed'; error: ErrorReport; previous: Value | null }

export interface Resource<Value> {
  readonly state: Readonly<ShallowRef<ResourceState<Value>>>
  /** The newest value that arrived, through loading and failures; null before the first. */
  readonly value: Readonly<ShallowRef<Value | null>>
  /** Asks again for the same request; resolves when the answer is there. */
  reload(): Promise<void>
}

/** Nothing is shown of a load that is quicker than this. */
export const loadingDelayMs = 150

/**
 * Keeps what a request answers: loads whenever `source` gives another request (null: idle), cancels the call that is overtaken and on disposal of the scope.
 * Failures become the `failed` state; a cancelled call leaves no trace.
 */
export function useResource<Request, Value>(
  source: () => Request | null,
  load: (request: Request, signal: AbortSignal) => Promise<Value>,
): Resource<Value> {
  const state = shallowRef<ResourceState<Value>>({ state: 'idle' })
  const value = shallowRef<Value | null>(null)
  let controller: AbortController | null = null

  function cancelCurrent(): void {
    controller?.abort()
    controller = null
  }

  async function run(request: Request): Promise<void> {
    cancelCurrent()
    const own = new AbortController()
    controller = own
    state.value = { state: 'loading', previous: value.value, isSlow: false }
    const timer = setTimeout(() => {
      if (!own.signal.aborted) state.value = { state: 'loading', previous: value.value, isSlow: true }
    }, loadingDelayMs)
    try {
      const loaded = await load(request, own.signal)
      if (own.signal.aborted) return
      value.value = loaded
      state.value = { state: 'ready', value: loaded }
    } catch (thrown) {
      if (own.signal.aborted || (thrown instanceof ErgoscopeError && thrown.code === 'cancelled')) return
      state.value = { state: 'failed', error: toErrorReport(thrown), previous: value.value }
    } finally {
      clearTimeout(timer)
    }
  }

  async function reload(): Promise<void> {
    const request = source()
    if (request !== null) await run(request)
  }

  watch(
    source,
    (request) => {
      if (request !== null) return run(request)
      cancelCurrent()
      value.value = null
      state.value = { state: 'idle' }
      return undefined
    },
    { immediate: true },
  )
  onScopeDispose(cancelCurrent)

  return { state: shallowReadonly(state), value: shallowReadonly(value), reload }
}
