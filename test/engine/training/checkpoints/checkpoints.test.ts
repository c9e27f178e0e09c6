import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { decodeCheckpoint, encodeCheckpoint, type Checkpoint } from '#engine/training/checkpoints/checkpointFormat.ts'
import { pruneCheckpoints, readNewestCheckpoint, saveCheckpoint } from '#engine/training/checkpoints/checkpointStore.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ergoscope-checkpoints-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function checkpointAt(step: number): Checkpoint {
  return {
    runId: 'run-1',
    step,
    state: {
      manifest: { step, streams: { batches: 12, noise: [1, 2] } },
      buffers: {
        weights: Float32Array.of(1.5, -0, Number.NaN),
        momentum: Float64Array.of(Math.PI, Infinity),
        order: Int32Array.of(3, 1, 2),
        empty: new Float32Array(),
      },
    },
  }
}

describe('checkpoint format', () => {
  it('comes back bit for bit', () => {
    expect(decodeCheckpoint(encodeCheckpoint(checkpointAt(7)))).toEqual(checkpointAt(7))
  })

  it('takes a part of a larger buffer', () => {
    const part = new Float32Array([0, 1, 2, 3]).subarray(1, 3)
    const { state } = decodeCheckpoint(
      encodeCheckpoint({ runId: 'r', step: 0, state: { manifest: {}, buffers: { part } } }),
    )
    expect(state.buffers['part']).toEqual(Float32Array.of(1, 2))
  })

  it('notices every single flipped byte, and every cut', () => {
    const bytes = encodeCheckpoint(checkpointAt(7))
    for (let index = 0; index < bytes.length; index += 1) {
      const damaged = Buffer.from(bytes)
      damaged[index] = (damaged[index] ?? 0) ^ 0x10
      expect(() => decodeCheckpoint(damaged)).toThrow(/torn or damaged|not a checkpoint/)
      expect(() => decodeCheckpoint(bytes.subarray(0, index))).toThrow(/torn or damaged|not a checkpoint/)
    }
  })
})

describe('checkpoint store', () => {
  it('gives the newest one back, keeps as many as wanted, and removes what an interrupted write left', () => {
    for (const step of [100, 200, 1000]) saveCheckpoint(folder, checkpointAt(step))
    writeFileSync(join(folder, 'checkpoints', '.step-000000002000.ckpt.new'), 'half')
    expect(pruneCheckpoints(folder, 1000, 2)).toEqual(['checkpoints/step-000000000100.ckpt'])
    expect(readdirSync(join(folder, 'checkpoints')).toSorted()).toEqual([
      'step-000000000200.ckpt',
      'step-000000001000.ckpt',
    ])
    expect(readNewestCheckpoint(folder, 'run-1')).toEqual({ checkpoint: checkpointAt(1000), passedOver: [] })
  })

  it('does not let damaged checkpoints of a replaced attempt push out the good ones', () => {
    for (const step of [100, 200, 300]) saveCheckpoint(folder, checkpointAt(step))
    for (const step of [200, 300]) writeFileSync(join(folder, 'checkpoints', `step-000000000${step}.ckpt`), 'torn')
    saveCheckpoint(folder, checkpointAt(150))
    expect(pruneCheckpoints(folder, 150, 2)).toEqual([
      'checkpoints/step-000000000300.ckpt',
      'checkpoints/step-000000000200.ckpt',
    ])
    expect(readNewestCheckpoint(folder, 'run-1')).toEqual({ checkpoint: checkpointAt(150), passedOver: [] })
    expect(readdirSync(join(folder, 'checkpoints'))).toHaveLength(2)
  })

  it('passes over torn ones and those of other runs, and says so', () => {
    saveCheckpoint(folder, checkpointAt(100))
    saveCheckpoint(folder, { ...checkpointAt(200), runId: 'run-2' })
    const { file } = saveCheckpoint(folder, checkpointAt(300))
    writeFileSync(join(folder, file), readFileSync(join(folder, file)).subarray(0, 50))
    const newest = readNewestCheckpoint(folder, 'run-1')
    expect(newest.checkpoint?.step).toBe(100)
    expect(newest.passedOver).toEqual([
      expect.stringMatching(/step-000000000300.ckpt cannot be used: torn or damaged/),
      'checkpoint step-000000000200.ckpt belongs to another run',
    ])
  })

  it('finds none in a new run', () => {
    expect(readNewestCheckpoint(folder, 'run-1')).toEqual({ checkpoint: null, passedOver: [] })
  })
})
