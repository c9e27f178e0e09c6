import { setTimeout as delay } from 'node:timers/promises'
import { contract, topics, type MethodName, type TopicName, type TopicPayload } from '#shared/contract/contract.ts'
import { ErgoscopeError, type ErrorReport, toErrorReport } from '#shared/errors.ts'
import type { ClientMessage, EngineMessage } from '#shared/protocol.ts'
import { firstProblem, idOf, parseClientMessage } from './clientMessage.ts'
import type { Handler, Handlers, TopicSources } from './handlers.ts'
import type { Log } from './log.ts'
import { createThrottle } from './throttle.ts'

/** At most about ten events a second of one subscription, and ten progress messages of one request. */
const messageIntervalMs = 100
/** Less than the window waits for the end of the engine. */
const clearingMs = 1000

export interface Dispatcher {
  /** Acts on one decoded frame. Never throws: what goes wrong is answered. */
  receive(decoded: unknown): void
  /** Ends all requests and subscriptions; nothing is sent afterwards. Resolves when what they had begun is cleared away, which is not waited for for long. */
  close(): Promise<void>
}

export interface DispatcherOptions {
  handlers: Handlers
  topicSources: TopicSources
  send: (message: EngineMessage) => void
  /** False while the reader of the messages does not keep up: events wait and are merged. */
  canSend: () => boolean
  log: Log
}

/** Maps messages to handlers and subscriptions: requests are parsed here, once; everything behind trusts their types. */
export function createDispatcher({ handlers, topicSources, send, canSend, log }: DispatcherOptions): Dispatcher {
  /** Ends what runs under an id. */
  const endings = new Map<number, () => void>()
  const running = new Set<Promise<void>>()
  let isClosed = false

  const answer = (message: EngineMessage): void => {
    if (!isClosed) send(message)
  }

  function answerError(id: number, thrown: unknown, doing: string): void {
    if (!(thrown instanceof ErgoscopeError)) log.error(doing, thrown)
    else if (thrown.cause !== undefined) log.error(`${doing}: ${thrown.message}`, thrown.cause)
    answer({ kind: 'error', id, error: inOneLine(toErrorReport(thrown), doing) })
  }

  async function request(id: number, name: string, params: unknown): Promise<void> {
    const abort = new AbortController()
    const progress = createThrottle<{ fraction: number; label: string }>({
      intervalMs: messageIntervalMs,
      merge: (_older, newer) => newer,
      pass: (value) => answer({ kind: 'progress', id, ...value }),
    })
    endings.set(id, () => abort.abort(new ErgoscopeError('cancelled', `${name} was cancelled`)))
    try {
      const result = await callHandler(handlers, name, params, {
        signal: abort.signal,
        progress: (fraction, label) => progress.push({ fraction, label }),
      })
      progress.close()
      abort.signal.throwIfAborted()
      answer({ kind: 'result', id, result })
    } catch (thrown) {
      progress.close()
      answerError(id, abort.signal.aborted ? abort.signal.reason : thrown, name)
    } finally {
      endings.delete(id)
    }
  }

  async function subscribe(id: number, name: TopicName, params: unknown): Promise<void> {
    let isEnded = false
    let sequence = 0
    const source = topicSources[name]
    const events = createThrottle<TopicPayload<TopicName>>({
      intervalMs: messageIntervalMs,
      merge: source.merge,
      mayPass: canSend,
      pass: (payload) => answer({ kind: 'event', id, sequence: sequence++, payload }),
    })
    let closeSource: (() => void) | null = null
    endings.set(id, () => {
      isEnded = true
      events.close()
      closeSource?.()
      endings.delete(id)
    })
    try {
      const parsed = topics[name].request.safeParse(params)
      if (!parsed.success) throw new ErgoscopeError('bad-request', `${name}: ${firstProblem(parsed.error)}`)
      closeSource = await source.open(parsed.data, events.push)
      if (isEnded) closeSource()
    } catch (thrown) {
      endings.delete(id)
      if (!isEnded) answerError(id, thrown, name)
    }
  }

  function act(message: ClientMessage): void {
    if (message.kind === 'cancel') {
      endings.get(message.id)?.()
      return
    }
    if (endings.has(message.id))
      throw new ErgoscopeError('bad-request', `The id ${message.id} is still in use: give each request its own`)
    if (message.kind === 'request') {
      const work = request(message.id, message.method, message.params)
      running.add(work)
      void work.finally(() => running.delete(work))
    } else if (isTopicName(message.topic)) {
      void subscribe(message.id, message.topic, message.params)
    } else {
      throw new ErgoscopeError('bad-request', `There is no topic "${message.topic}"`)
    }
  }

  return {
    receive(decoded) {
      try {
        act(parseClientMessage(decoded))
      } catch (thrown) {
        answerError(idOf(decoded), thrown, 'A message was refused')
      }
    },
    async close() {
      isClosed = true
      for (const end of endings.values()) end()
      await Promise.race([Promise.allSettled(running), delay(clearingMs)])
    },
  }
}

async function callHandler(
  handlers: Handlers,
  name: string,
  params: unknown,
  context: Parameters<Handler<MethodName>>[1],
): Promise<unknown> {
  if (!isMethodName(name)) throw new ErgoscopeError('bad-request', `There is no method "${name}"`)
  const parsed = contract[name].request.safeParse(params)
  if (!parsed.success) throw new ErgoscopeError('bad-request', `${name}: ${firstProblem(parsed.error)}`)
  const handler = handlers[name] as Handler<MethodName> // One name indexes both tables; a union of functions cannot say so.
  return handler(parsed.data, context)
}

/** A fault of the program as one line for its user; its stack is in the log. */
function inOneLine(error: ErrorReport, doing: string): ErrorReport {
  if (error.code !== 'internal') return error
  const what = error.message.split('\n', 1)[0] ?? ''
  return { code: 'internal', message: `${doing} failed by a fault of the program (${what}); its log has the details` }
}

function isMethodName(name: string): name is MethodName {
  return Object.hasOwn(contract, name)
}

function isTopicName(name: string): name is TopicName {
  return Object.hasOwn(topics, name)
}
