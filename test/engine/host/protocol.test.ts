import { randomBytes, randomInt } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { encodeFrame } from '#shared/frames.ts'
import { maximumFrameBytes } from '#shared/protocol.ts'
import { startTestEngine, type TestEngine } from './testEngine.ts'

let engine: TestEngine

beforeEach(async () => {
  engine = await startTestEngine()
})

afterEach(() => engine.close())

function frameOf(body: Uint8Array): Uint8Array {
  const frame = new Uint8Array(4 + body.byteLength)
  new DataView(frame.buffer).setUint32(0, body.byteLength, true)
  frame.set(body, 4)
  return frame
}

describe('what a client may send', () => {
  test('another protocol version is refused, naming both', async () => {
    await expect(engine.call('engine.hello', { protocolVersion: 99 })).rejects.toThrow(
      /speaks protocol 1, the window speaks 99/,
    )
  })

  test('a request that does not fit its schema is refused in one line with the key', async () => {
    await expect(engine.connection.call('runs.list', { workspace: 7 })).rejects.toMatchObject({
      code: 'bad-request',
      message: expect.stringMatching(/^runs\.list: workspace: [^\n]+$/),
    })
  })

  test('an unknown method or topic, a reused id and a message of no kind are refused; the conversation goes on', async () => {
    engine.write(encodeFrame({ kind: 'request', id: 900, method: 'no.such', params: {} }))
    engine.write(encodeFrame({ kind: 'subscribe', id: 901, topic: 'no.such', params: {} }))
    engine.write(encodeFrame({ kind: 'request', id: 902, method: '__proto__', params: {} }))
    engine.write(encodeFrame({ kind: 'dance', id: 903 }))
    engine.write(encodeFrame({ kind: 'cancel', id: 12_345 }))
    engine.write(encodeFrame(['not', 'a', 'message']))
    expect((await engine.call('settings.read', {})).theme).toBe('system')
  })

  test('a frame that is not MessagePack is reported, and the next one is served', async () => {
    engine.write(frameOf(new Uint8Array([0xc1, 0xc1])))
    expect((await engine.call('settings.read', {})).density).toBe('compact')
    expect(engine.stderr()).toContain('not a MessagePack document')
  })

  test('a length that cannot be true ends the conversation in one line, without allocating it', async () => {
    const header = new Uint8Array(4)
    new DataView(header.buffer).setUint32(0, maximumFrameBytes + 1, true)
    engine.write(header)
    expect(await engine.ended).toEqual([2, null])
    expect(engine.stderr()).toContain('the stream is not the Ergoscope protocol')
  })

  test('the end of stdin ends the engine', async () => {
    engine.process.stdin?.end()
    expect(await engine.ended).toEqual([0, null])
  })

  test('20 rounds of random bytes in well-formed frames: always an answer, never a crash', async () => {
    for (let round = 0; round < 20; round++) {
      engine.write(frameOf(randomBytes(randomInt(0, 300))))
      expect((await engine.call('engine.hello', { protocolVersion: 1 })).pid).toBe(engine.process.pid)
    }
  })
})

test('12 engines that get raw random bytes end in order or wait for more, none crashes', async () => {
  for (let round = 0; round < 12; round++) {
    const victim = await startTestEngine()
    victim.write(randomBytes(randomInt(1, 5000)))
    victim.process.stdin?.end()
    const [code] = await victim.ended
    expect([0, 2]).toContain(code)
    await victim.close()
  }
})
