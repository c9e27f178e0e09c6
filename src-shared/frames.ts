import { decode, Encoder, ExtensionCodec } from '@msgpack/msgpack'
import { ErgoscopeError } from './errors.ts'
import { float64ArrayExtension, maximumFrameBytes } from './protocol.ts'

const headerBytes = 4

const extensionCodec = new ExtensionCodec()
extensionCodec.register({
  type: float64ArrayExtension,
  encode: (value) =>
    value instanceof Float64Array ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength) : null,
  // The bytes stand anywhere in the frame; a Float64Array needs its own, aligned buffer.
  decode: (bytes) => new Float64Array(bytes.slice().buffer),
})

/** One MessagePack document. Keys with the value `undefined` are left out. */
export function encodeFrameBody(message: unknown): Uint8Array {
  return new Encoder({ extensionCodec, ignoreUndefined: true }).encodeSharedRef(message)
}

/** One message as a frame: byte length (unsigned 32-bit little-endian), then its MessagePack document. */
export function encodeFrame(message: unknown): Uint8Array {
  const body = encodeFrameBody(message)
  if (body.byteLength > maximumFrameBytes) {
    throw new ErgoscopeError(
      'bad-request',
      `A message of ${body.byteLength} bytes is above the ${maximumFrameBytes} that a frame may hold: ask for less at once`,
    )
  }
  const frame = new Uint8Array(headerBytes + body.byteLength)
  new DataView(frame.buffer).setUint32(0, body.byteLength, true)
  frame.set(body, headerBytes)
  return frame
}

/** The message in a frame's body. Throws ErgoscopeError `bad-request` when the bytes are not one MessagePack document. */
export function decodeFrameBody(body: Uint8Array): unknown {
  try {
    return decode(body, { extensionCodec })
  } catch (cause) {
    throw new ErgoscopeError('bad-request', `A frame of ${body.byteLength} bytes is not a MessagePack document`, {
      cause,
    })
  }
}

/** Cuts a byte stream, arriving in chunks of any size, into frame bodies. */
export interface FrameReader {
  /**
   * Bodies that this chunk completed, in order. Throws ErgoscopeError `bad-request` at a length above `maximumFrameBytes`:
   * the stream cannot be followed from there on.
   */
  push(chunk: Uint8Array): Uint8Array[]
}

export function createFrameReader(): FrameReader {
  let chunks: Uint8Array[] = []
  let bufferedBytes = 0

  /** Removes and returns the first `count` buffered bytes. */
  function take(count: number): Uint8Array {
    const taken = new Uint8Array(count)
    let filled = 0
    while (filled < count) {
      const chunk = chunks[0]
      if (!chunk) throw new RangeError(`${count} bytes asked for, ${filled} buffered`)
      const part = chunk.subarray(0, count - filled)
      taken.set(part, filled)
      filled += part.byteLength
      if (part.byteLength === chunk.byteLength) chunks.shift()
      else chunks[0] = chunk.subarray(part.byteLength)
    }
    bufferedBytes -= count
    return taken
  }

  let bodyBytes: number | null = null

  return {
    push(chunk) {
      if (chunk.byteLength > 0) chunks.push(chunk)
      bufferedBytes += chunk.byteLength
      const bodies: Uint8Array[] = []
      while (true) {
        if (bodyBytes === null) {
          if (bufferedBytes < headerBytes) return bodies
          bodyBytes = new DataView(take(headerBytes).buffer).getUint32(0, true)
          if (bodyBytes > maximumFrameBytes) {
            chunks = []
            throw new ErgoscopeError(
              'bad-request',
              `A frame claims ${bodyBytes} bytes, above the ${maximumFrameBytes} allowed: the stream is not the Ergoscope protocol`,
            )
          }
        }
        if (bufferedBytes < bodyBytes) return bodies
        bodies.push(take(bodyBytes))
        bodyBytes = null
      }
    },
  }
}
