import type { Readable, Writable } from 'node:stream'
import { contract, type MethodName, type TopicName } from '#shared/contract/contract.ts'
import { ErgoscopeError, type ErrorReport } from '#shared/errors.ts'
import { createFrameReader, decodeFrameBody, encodeFrame } from '#shared/frames.ts'
import type { ClientMessage, EngineMessage } from '#shared/protocol.ts'

export interface CallOptions {
  onProgress?: (progress: { fraction: number; label: string }) => void
  /** Aborting cancels the call in the engine; the promise is rejected with `cancelled`. */
  signal?: AbortSignal
}

export interface SubscriptionListener {
  onEvent(payload: unknown): void
  /** The subscription is over: refused, or the engine died. */
  onEnd(error: ErrorReport): void
}

/** The client's end of one conversation with one engine process. */
export interface EngineConnection {
  /** Rejects with ErgoscopeError: what the engine answered, `timed-out`, or `engine-unavailable` when it dies meanwhile. */
  call(name: MethodName, request: unknown, options?: CallOptions): Promise<unknown>
  subscribe(name: TopicName, request: unknown, listener: SubscriptionListener): () => void
  /** Rejects everything that is open. */
  close(reason: string): void
}

interface OpenCall {
  resolve: (result: unknown) => void
  reject: (error: ErgoscopeError) => void
  onProgress: CallOptions['onProgress']
}

/** `onBroken` is told when the engine sends something else than the protocol. */
export function createEngineConnection(
  input: Writable,
  output: Readable,
  onBroken: (cause: unknown) => void,
): EngineConnection {
  const calls = new Map<number, OpenCall>()
  const subscriptions = new Map<number, SubscriptionListener>()
  const frames = createFrameReader()
  let messageCount = 0
  let closedBecause: string | null = null

  const send = (message: ClientMessage): void => {
    input.write(encodeFrame(message))
  }

  output.on('data', (chunk: Uint8Array) => {
    try {
      // The engine is our own program of the same protocol version; its messages are trusted.
      for (const body of frames.push(chunk)) receive(decodeFrameBody(body) as EngineMessage)
    } catch (cause) {
      onBroken(cause)
    }
  })
  // A write to an engine that just died: its exit is reported by its process.
  input.on('error', () => {})

  function receive(message: EngineMessage): void {
    switch (message.kind) {
      case 'result':
        calls.get(message.id)?.resolve(message.result)
        break
      case 'error': {
        const { code, data } = message.error
        calls.get(message.id)?.reject(new ErgoscopeError(code, message.error.message, data ? { data } : {}))
        endSubscription(message.id, message.error)
        break
      }
      case 'progress':
        calls.get(message.id)?.onProgress?.({ fraction: message.fraction, label: message.label })
        break
      case 'event':
        subscriptions.get(message.id)?.onEvent(message.payload)
        break
    }
  }

  function endSubscription(id: number, error: ErrorReport): void {
    const listener = subscriptions.get(id)
    subscriptions.delete(id)
    listener?.onEnd(error)
  }

  function call(name: MethodName, request: unknown, { onProgress, signal }: CallOptions = {}): Promise<unknown> {
    if (closedBecause !== null) return Promise.reject(new ErgoscopeError('engine-unavailable', closedBecause))
    if (signal?.aborted) return Promise.reject(new ErgoscopeError('cancelled', `${name} was cancelled`))
    const id = ++messageCount
    const { timeoutMs } = contract[name]
    return new Promise((resolve, reject) => {
      const cancel = (): void => send({ kind: 'cancel', id })
      const timer = timeoutMs === null ? null : setTimeout(giveUp, timeoutMs)
      function giveUp(): void {
        cancel()
        settle(() =>
          reject(
            new ErgoscopeError('timed-out', `${name} did not answer within ${Number(timeoutMs) / 1000} s: try again`),
          ),
        )
      }
      function settle(how: () => void): void {
        calls.delete(id)
        if (timer) clearTimeout(timer)
        signal?.removeEventListener('abort', cancel)
        how()
      }
      calls.set(id, {
        resolve: (result) => settle(() => resolve(result)),
        reject: (error) => settle(() => reject(error)),
        onProgress,
      })
      signal?.addEventListener('abort', cancel)
      send({ kind: 'request', id, method: name, params: request })
    })
  }

  return {
    call,
    subscribe(name, request, listener) {
      const id = ++messageCount
      subscriptions.set(id, listener)
      send({ kind: 'subscribe', id, topic: name, params: request })
      return () => {
        if (subscriptions.delete(id)) send({ kind: 'cancel', id })
      }
    },
    close(reason) {
      closedBecause = reason
      for (const { reject } of [...calls.values()]) reject(new ErgoscopeError('engine-unavailable', reason))
      for (const id of [...subscriptions.keys()]) endSubscription(id, { code: 'engine-unavailable', message: reason })
    },
  }
}
