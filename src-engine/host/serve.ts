import type { Readable, Writable } from 'node:stream'
import { toErrorReport } from '#shared/errors.ts'
import { createFrameReader, decodeFrameBody, encodeFrame } from '#shared/frames.ts'
import type { EngineMessage } from '#shared/protocol.ts'
import { createDispatcher } from './dispatcher.ts'
import type { Handlers, TopicSources } from './handlers.ts'
import type { Log } from './log.ts'

export interface ServeOptions {
  input: Readable
  output: Writable
  handlers: Handlers
  topicSources: TopicSources
  log: Log
}

/** How a conversation ended: the client went away, or sent bytes that cannot be followed any further. */
export type ServeEnd = 'client-gone' | 'stream-broken'

/** Speaks the protocol of src-shared/protocol.ts on two streams until the client goes away. */
export function serve({ input, output, handlers, topicSources, log }: ServeOptions): Promise<ServeEnd> {
  const send = (message: EngineMessage): void => {
    output.write(encodeAnswer(message, log))
  }
  const dispatcher = createDispatcher({ handlers, topicSources, send, canSend: () => !output.writableNeedDrain, log })
  const frames = createFrameReader()

  return new Promise((resolve) => {
    const end = (how: ServeEnd): void => {
      input.removeAllListeners('data')
      void dispatcher.close().then(() => resolve(how))
    }
    input.on('data', (chunk: Uint8Array) => {
      let bodies: Uint8Array[]
      try {
        bodies = frames.push(chunk)
      } catch (thrown) {
        const error = toErrorReport(thrown)
        log.error(error.message)
        send({ kind: 'error', id: 0, error })
        end('stream-broken')
        return
      }
      for (const body of bodies) receiveBody(body)
    })
    input.on('end', () => end('client-gone'))
    input.on('error', () => end('client-gone'))
    output.on('error', () => end('client-gone'))
  })

  function receiveBody(body: Uint8Array): void {
    let decoded: unknown
    try {
      decoded = decodeFrameBody(body)
    } catch (thrown) {
      const error = toErrorReport(thrown)
      log.error(error.message)
      send({ kind: 'error', id: 0, error })
      return
    }
    dispatcher.receive(decoded)
  }
}

/** A result that cannot be encoded (too large, not plain data) becomes an error of the same request instead of an end of the conversation. */
function encodeAnswer(message: EngineMessage, log: Log): Uint8Array {
  try {
    return encodeFrame(message)
  } catch (thrown) {
    log.error(`The answer to request ${message.id} could not be sent`, thrown)
    return encodeFrame({ kind: 'error', id: message.id, error: toErrorReport(thrown) } satisfies EngineMessage)
  }
}
