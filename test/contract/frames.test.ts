import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ErgoscopeError } from '#shared/errors.ts'
import { createFrameReader, decodeFrameBody, encodeFrame } from '#shared/frames.ts'
import { maximumFrameBytes } from '#shared/protocol.ts'

function roundTrip(message: unknown): unknown {
  const bodies = createFrameReader().push(encodeFrame(message))
  expect(bodies).toHaveLength(1)
  return decodeFrameBody(bodies[0] ?? new Uint8Array())
}

function bitsOf(values: Float64Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
}

describe('frames', () => {
  test('plain data comes back equal, undefined keys are left out', () => {
    const message = {
      kind: 'request',
      id: 7,
      params: { name: 'Gradient ‖∇f‖', list: [1, -2.5, null, true], nothing: undefined },
    }
    expect(roundTrip(message)).toEqual({
      kind: 'request',
      id: 7,
      params: { name: 'Gradient ‖∇f‖', list: [1, -2.5, null, true] },
    })
  })

  test('NaN and infinities survive as numbers', () => {
    expect(roundTrip([Number.NaN, Infinity, -Infinity])).toEqual([Number.NaN, Infinity, -Infinity])
  })

  test('a Float64Array comes back bit for bit, payloads of NaN and views into a larger buffer included', () => {
    const values = new Float64Array([0, -0, 1 / 3, Number.NaN, Infinity, -Infinity, 5e-324])
    new DataView(values.buffer).setBigUint64(3 * 8, 0x7ff8dead_beef0001n, true)
    const decoded = roundTrip({ values: values.subarray(1, 6) }) as { values: Float64Array } // The message two lines above.
    expect(decoded.values).toBeInstanceOf(Float64Array)
    expect(bitsOf(decoded.values)).toEqual(bitsOf(values.subarray(1, 6)))
  })

  test('any cutting of the stream gives the same messages', () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue(), { maxLength: 6 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 40 })),
        (messages, sizes) => {
          const frames = messages.map((message) => encodeFrame(message))
          const stream = new Uint8Array(frames.flatMap((frame) => [...frame]))
          const reader = createFrameReader()
          const bodies: Uint8Array[] = []
          for (let at = 0; at < stream.byteLength;) {
            const size = sizes.next().value
            bodies.push(...reader.push(stream.subarray(at, at + size)))
            at += size
          }
          expect(bodies.map((body) => encodeFrame(decodeFrameBody(body)))).toEqual(frames)
        },
      ),
      { numRuns: 200 },
    )
  })

  test('a length above the limit is refused before anything is allocated', () => {
    const header = new Uint8Array(4)
    new DataView(header.buffer).setUint32(0, maximumFrameBytes + 1, true)
    expect(() => createFrameReader().push(header)).toThrow(ErgoscopeError)
  })

  test('a body that is no MessagePack document is one clear error', () => {
    expect(() => decodeFrameBody(new Uint8Array([0xc1]))).toThrow('not a MessagePack document')
    expect(() => decodeFrameBody(new Uint8Array([0x01, 0x02]))).toThrow('not a MessagePack document')
    expect(() => decodeFrameBody(new Uint8Array([]))).toThrow('not a MessagePack document')
  })
})
