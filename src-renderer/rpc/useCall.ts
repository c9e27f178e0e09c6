import { onScopeDispose, shallowReadonly, shallowRef } from 'vue'
import type { ShallowRef } from 'vue'
import { ErgoscopeError, toErrorReport } from '#shared/errors.ts'
import type { ErrorReport } from '#shared/errors.ts'

export type CallState<Value> =
  | { state: 'idle' }
  | { state: 'running' }
  | { state: 'done'; value: Value }
  | { state: 'failed'; error: ErrorReport }

export interface Call<Arguments extends unknown[], Value> {
  readonly state: Readonly<ShallowRef<CallState<Value>>>
  /** The value, or null when the call failed (see `state`), was cancelled, or is still running from an earlier press. */
  run(...args: Arguments): Promise<Value | null>
  cancel(): void
  reset(): void
}

/** An action of the user: runs once at a time, keeps its outcome, is cancelled with its scope unless `keepRunning`. */
export function useCall<Arguments extends unknown[], Value>(
  action: (signal: AbortSignal, ...args: Arguments) => Promise<Value>,
  options: { keepRunning?: boolean } = {},
): Call<Arguments, Value> {
  const state = shallowRef<CallState<Value>>({ state: 'idle' })
  let controller: AbortController | null = null

  async function run(...args: Arguments): Promise<Value | null> {
    if (state.value.state === 'running') return null
    const own = new AbortController()
    controller = own
    state.value = { state: 'running' }
    try {
      const value = await action(own.signal, ...args)
      state.value = { state: 'done', value }
      return value
    } catch (thrown) {
      const wasCancelled = thrown instanceof ErgoscopeError && thrown.code === 'cancelled'
      state.value = wasCancelled ? { state: 'idle' } : { state: 'failed', error: toErrorReport(thrown) }
      return null
    }
  }

  function cancel(): void {
    controller?.abort()
  }

  onScopeDispose(() => {
    if (!options.keepRunning) cancel()
  })

  return {
    state: shallowReadonly(state),
    run,
    cancel,
    reset: () => {
      state.value = { state: 'idle' }
    },
  }
}
