import { shallowReadonly, shallowRef } from 'vue'
import type { ShallowRef } from 'vue'
import type { EngineState, ErgoscopeBridge } from '#shared/contract/bridge.ts'
import type {
  MethodName,
  RequestInput,
  ResponseOf,
  TopicName,
  TopicPayload,
  TopicRequest,
} from '#shared/contract/contract.ts'
import { ErgoscopeError } from '#shared/errors.ts'

export interface CallOptions {
  /** Aborting cancels the call in the engine; it then fails with `cancelled`. */
  signal?: AbortSignal
  onProgress?: (progress: { fraction: number; label: string }) => void
}

/** The engine as the page sees it: typed calls that throw ErgoscopeError, subscriptions that survive a restart of the engine. */
export interface Client {
  readonly engineState: Readonly<ShallowRef<EngineState>>
  /** Counts how often the engine became ready: what was read before may be stale. */
  readonly generation: Readonly<ShallowRef<number>>
  call<Name extends MethodName>(
    name: Name,
    request: RequestInput<Name>,
    options?: CallOptions,
  ): Promise<ResponseOf<Name>>
  subscribe<Name extends TopicName>(
    name: Name,
    request: TopicRequest<Name>,
    onEvent: (payload: TopicPayload<Name>) => void,
  ): () => void
  dispose(): void
}

export function createClient(bridge: ErgoscopeBridge): Client {
  const engineState = shallowRef<EngineState>({ state: 'starting', message: 'Starting the engine' })
  const generation = shallowRef(0)
  const waiting = new Set<() => void>()
  let lastCallId = 0

  const stopWatching = bridge.onEngineState((state) => {
    const becameReady = state.state === 'ready' && engineState.value.state !== 'ready'
    engineState.value = state
    if (!becameReady) return
    generation.value += 1
    const subscribers = [...waiting]
    waiting.clear()
    for (const subscribeAgain of subscribers) subscribeAgain()
  })

  async function call<Name extends MethodName>(
    name: Name,
    request: RequestInput<Name>,
    options: CallOptions = {},
  ): Promise<ResponseOf<Name>> {
    const { signal, onProgress } = options
    if (signal?.aborted) throw new ErgoscopeError('cancelled', 'Cancelled')
    const callId = (lastCallId += 1)
    const cancel = (): void => bridge.cancel(callId)
    signal?.addEventListener('abort', cancel, { once: true })
    try {
      const outcome = await bridge.call(name, request, onProgress ? { callId, onProgress } : { callId })
      if (outcome.ok) return outcome.result
      throw new ErgoscopeError(outcome.error.code, outcome.error.message, { data: outcome.error.data })
    } finally {
      signal?.removeEventListener('abort', cancel)
    }
  }

  function subscribe<Name extends TopicName>(
    name: Name,
    request: TopicRequest<Name>,
    onEvent: (payload: TopicPayload<Name>) => void,
  ): () => void {
    let stop: () => void = () => undefined
    const start = (): void => {
      // What a listener returns would cross the bridge, and be refused there.
      stop = bridge.subscribe(
        name,
        request,
        (payload) => {
          onEvent(payload)
        },
        () => {
          waiting.add(start)
        },
      )
    }
    start()
    return () => {
      waiting.delete(start)
      stop()
    }
  }

  return {
    engineState: shallowReadonly(engineState),
    generation: shallowReadonly(generation),
    call,
    subscribe,
    dispose: stopWatching,
  }
}
