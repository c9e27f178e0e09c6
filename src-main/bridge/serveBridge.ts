import { ipcMain, type BrowserWindow, type IpcMainEvent, type IpcMainInvokeEvent, type WebContents } from 'electron'
import { contract, topics, type MethodName, type TopicName } from '#shared/contract/contract.ts'
import { ErgoscopeError, toErrorReport } from '#shared/errors.ts'
import type { EngineSupervisor } from '../engine/engineSupervisor.ts'
import { createSavePlaces } from '../security/savePlaces.ts'
import { isTrustedSender } from '../security/trustedSender.ts'
import {
  channels,
  type CallMessage,
  type EventMessage,
  type Outcome,
  type ProgressMessage,
  type SubscribeMessage,
} from './channels.ts'

export interface BridgeOptions {
  window: () => BrowserWindow | null
  engine: EngineSupervisor
  /** Performs an action of the desktop: `[name, ...arguments]` as they came. */
  performShellAction: (message: unknown) => Promise<unknown>
  pageListens: () => void
  /** One line for the log. */
  report: (line: string) => void
}

/** Methods that write a file at the `path` of their request. */
const writingMethods: ReadonlySet<MethodName> = new Set(['series.export', 'diagnostics.report'])

/**
 * Answers the preload. Main checks who asks and whether the method exists, and forwards; the engine parses the requests. Of one alone main sees more: a file is written
 * only where the user chose to, whatever a page asks for.
 * Returns the function that ends all calls and subscriptions of a page that goes: the next page counts its ids from one again.
 */
export function serveBridge({ window, engine, performShellAction, pageListens, report }: BridgeOptions): () => void {
  const calls = new Map<number, AbortController>()
  const subscriptions = new Map<number, () => void>()
  const savePlaces = createSavePlaces()

  const isTrusted = (event: IpcMainEvent | IpcMainInvokeEvent): boolean => {
    if (isTrustedSender(event, window())) return true
    report(`A message from ${event.senderFrame?.url ?? 'a frame that is gone'} was refused`)
    return false
  }

  handle(channels.call, async (event, message: unknown) => {
    const { callId, name, request } = parseCall(message)
    if (writingMethods.has(name)) savePlaces.check(request)
    const abort = new AbortController()
    calls.set(callId, abort)
    try {
      return await engine.call(name, request, {
        signal: abort.signal,
        onProgress: (progress) =>
          sendTo(event.sender, channels.progress, { callId, ...progress } satisfies ProgressMessage),
      })
    } finally {
      calls.delete(callId)
    }
  })
  handle(channels.shell, async (_event, message: unknown) => {
    const result = await performShellAction(message)
    if (Array.isArray(message) && message[0] === 'chooseSavePath' && typeof result === 'string')
      savePlaces.allow(result)
    return result
  })

  listen(channels.cancel, (_event, callId: unknown) => {
    if (typeof callId === 'number') calls.get(callId)?.abort()
  })
  listen(channels.subscribe, (event, message: unknown) => {
    const { subscriptionId, name, request } = parseSubscribe(message)
    const end = engine.subscribe(name, request, {
      onEvent: (payload) => sendTo(event.sender, channels.event, { subscriptionId, payload } satisfies EventMessage),
      onEnd: () => {
        subscriptions.delete(subscriptionId)
        sendTo(event.sender, channels.subscriptionEnded, subscriptionId)
      },
    })
    subscriptions.set(subscriptionId, end)
  })
  listen(channels.unsubscribe, (_event, subscriptionId: unknown) => {
    if (typeof subscriptionId !== 'number') return
    subscriptions.get(subscriptionId)?.()
    subscriptions.delete(subscriptionId)
  })
  listen(channels.pageListens, () => pageListens())

  return () => {
    for (const abort of calls.values()) abort.abort()
    for (const end of subscriptions.values()) end()
    calls.clear()
    subscriptions.clear()
  }

  function handle(channel: string, answer: (event: IpcMainInvokeEvent, message: unknown) => Promise<unknown>): void {
    ipcMain.handle(channel, async (event, message: unknown): Promise<Outcome> => {
      try {
        if (!isTrusted(event)) throw new ErgoscopeError('forbidden', 'Only the page of the application may ask')
        return { ok: true, result: await answer(event, message) }
      } catch (thrown) {
        if (!(thrown instanceof ErgoscopeError))
          report(`${channel}: ${thrown instanceof Error ? thrown.stack : String(thrown)}`)
        return { ok: false, error: toErrorReport(thrown) }
      }
    })
  }

  function listen(channel: string, act: (event: IpcMainEvent, message: unknown) => void): void {
    ipcMain.on(channel, (event, message: unknown) => {
      if (!isTrusted(event)) return
      try {
        act(event, message)
      } catch (thrown) {
        report(`${channel}: ${toErrorReport(thrown).message}`)
      }
    })
  }
}

function sendTo(page: WebContents, channel: string, message: unknown): void {
  if (!page.isDestroyed()) page.send(channel, message)
}

function parseCall(message: unknown): CallMessage & { name: MethodName } {
  const { callId, name, request } = fieldsOf(message)
  if (typeof callId !== 'number' || typeof name !== 'string')
    throw new ErgoscopeError('bad-request', 'A call needs an id and a name')
  if (!isMethodName(name)) throw new ErgoscopeError('bad-request', `There is no method "${name}"`)
  return { callId, name, request }
}

function parseSubscribe(message: unknown): SubscribeMessage & { name: TopicName } {
  const { subscriptionId, name, request } = fieldsOf(message)
  if (typeof subscriptionId !== 'number' || typeof name !== 'string')
    throw new ErgoscopeError('bad-request', 'A subscription needs an id and a name')
  if (!isTopicName(name)) throw new ErgoscopeError('bad-request', `There is no topic "${name}"`)
  return { subscriptionId, name, request }
}

function fieldsOf(message: unknown): Record<string, unknown> {
  return typeof message === 'object' && message !== null ? { ...message } : {}
}

function isMethodName(name: string): name is MethodName {
  return Object.hasOwn(contract, name)
}

function isTopicName(name: string): name is TopicName {
  return Object.hasOwn(topics, name)
}
