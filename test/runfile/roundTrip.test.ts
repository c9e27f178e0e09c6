import { randomFillSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { openRunReader } from '#engine/runfile/reader.ts'
import { openRunWriter } from '#engine/runfile/writer.ts'
import { bytesOf, newRun, stepsUpTo } from './runFolder.ts'

/** Float64 of given bits, sign first. */
function fromBits(...bits: bigint[]): Float64Array {
  return new Float64Array(BigUint64Array.from(bits).buffer)
}

describe('values', () => {
  it('come back bit for bit: a million random bit patterns, in order', () => {
    const count = 1_000_000
    const values = new Float64Array(randomFillSync(new Uint8Array(count * 8)).buffer)
    // Random bits are NaN once in 2048; make all the kinds that a REAL column would change certain.
    values.set(
      fromBits(
        0x8000000000000000n,
        0x7ff8000000000000n,
        0xfff8000000000001n,
        0x7ff0000000000001n,
        0x7ff0000000000000n,
        0xfff0000000000000n,
        1n,
      ),
    )
    const writer = newRun()
    expect(writer.logSeries('noise', stepsUpTo(count), values)).toBe(count)
    writer.finish('finished', '', 1)

    const reader = openRunReader(writer.folder)
    const read = reader.scalars('noise')
    expect(Buffer.compare(bytesOf(read.values), bytesOf(values))).toBe(0)
    expect(Buffer.compare(bytesOf(read.steps), bytesOf(stepsUpTo(count)))).toBe(0)
    reader.close()
  })

  it('keep a negative zero and infinities through logScalars', () => {
    const writer = newRun()
    ;[-0, Infinity, -Infinity, NaN, 0].forEach((value, step) => writer.logScalars(step, { value }, step))
    writer.commit()
    expect([...openRunReader(writer.folder).scalars('value').values]).toEqual([-0, Infinity, -Infinity, NaN, 0])
  })

  it('of vectors come back with their dimension', () => {
    const writer = newRun()
    const sketch = Float64Array.of(1, NaN, -0)
    writer.logVector(5, 'sketch', sketch, 50)
    writer.logVector(6, 'sketch', Float64Array.of(4, 5, 6), 60)
    writer.commit()
    const read = openRunReader(writer.folder).vectors('sketch')
    expect(read).toEqual({ steps: Float64Array.of(5, 6), dimension: 3, values: Float64Array.of(1, NaN, -0, 4, 5, 6) })
    expect(openRunReader(writer.folder).vectors('sketch', { from: 6 }).values).toHaveLength(3)
  })
})

describe('a run', () => {
  it('keeps everything that was said about it', () => {
    const writer = newRun({ group: 'labels', tags: ['b', 'a'], notes: 'first\nsecond', recipeYaml: 'model: mlp' })
    const config = { text: 'a', number: 0.1, 'not a number': NaN, yes: true, no: false, nothing: null, list: '[1,2]' }
    writer.setConfig(config)
    writer.defineMetric({
      name: 'train/loss',
      kind: 'scalar',
      dimension: 1,
      unit: 'nats',
      description: 'batch loss',
      role: 'loss',
    })
    writer.setStatus('running', '', 1000)
    writer.setWorker({ pid: 42, startedAtMs: 999, host: 'workshop' })
    writer.heartbeat(1500)
    writer.logScalars(0, { 'train/loss': 2 }, 1100)
    writer.logScalars(1, { 'train/loss': 1, accuracy: 0.5 }, 1200)
    const segment = {
      learningRate: 0.1,
      momentum: 0.9,
      nesterov: false,
      weightDecay: null,
      batchSize: 32,
      sampling: 'iid',
    }
    writer.beginSegment({ from: 0, ...segment })
    writer.beginSegment({ from: 1, ...segment, learningRate: 0.01 })
    const event = { step: 1, wallTimeMs: 1200, kind: 'warning', message: 'slow' }
    writer.addEvent(event)
    writer.addCheckpoint({ step: 1, wallTimeMs: 1300, file: 'checkpoints/1', bytes: 10 })
    writer.addCheckpoint({ step: 0, wallTimeMs: 1200, file: 'checkpoints/0', bytes: 10 })
    writer.removeCheckpoint('checkpoints/0')
    writer.commit()

    const reader = openRunReader(writer.file)
    expect(reader.state()).toMatchObject({
      id: 'a1b2c3',
      group: 'labels',
      tags: ['b', 'a'],
      notes: 'first\nsecond',
      recipeYaml: 'model: mlp',
      status: 'running',
      startedAtMs: 1000,
      endedAtMs: null,
      heartbeatAtMs: 1500,
      worker: { pid: 42, startedAtMs: 999, host: 'workshop' },
      versions: { ergoscope: '0.1.0' },
      steps: 2,
      pointCount: 3,
      attempts: 1,
    })
    expect(reader.config()).toEqual(config)
    expect(reader.metrics().map(({ name, unit, role }) => [name, unit, role])).toEqual([
      ['accuracy', '', null],
      ['train/loss', 'nats', 'loss'],
    ])
    expect(reader.metricSummaries()['train/loss']).toEqual({
      last: 1,
      min: 1,
      max: 2,
      count: 2,
      lastStep: 1,
      nonFiniteCount: 0,
      role: 'loss',
    })
    expect(reader.segments()).toEqual([
      { from: 0, to: 1, ...segment },
      { from: 1, to: null, ...segment, learningRate: 0.01 },
    ])
    expect(reader.events()).toEqual([event])
    expect(reader.checkpoints()).toEqual([{ step: 1, wallTimeMs: 1300, file: 'checkpoints/1', bytes: 10 }])
    expect(reader.stepTimes()).toEqual({ steps: Float64Array.of(0, 1), wallTimesMs: Float64Array.of(1100, 1200) })
  })

  it('shows nothing that is not committed, and a new change token for what is', () => {
    const writer = newRun()
    writer.logScalars(0, { loss: 1 }, 0)
    writer.commit()
    const reader = openRunReader(writer.folder)
    const token = reader.changeToken()
    writer.logScalars(1, { loss: 2 }, 0)
    expect(reader.state().steps).toBe(1)
    expect(reader.changeToken()).toBe(token)
    writer.commit()
    expect(reader.state().steps).toBe(2)
    expect(reader.changeToken()).not.toBe(token)
    reader.close()
  })

  it('continues where it was closed, also in the middle of a pyramid', () => {
    const writer = newRun()
    const values = stepsUpTo(70_000).map((step) => Math.sin(step) * step)
    writer.logSeries('loss', stepsUpTo(40_001), values.subarray(0, 40_001))
    writer.close()
    const again = openRunWriter(writer.folder)
    again.logSeries('loss', stepsUpTo(70_000).subarray(40_001), values.subarray(40_001))
    again.finish('finished', 'done', 5)
    const reader = openRunReader(writer.folder)
    expect(reader.verify()).toEqual({ isSound: true, findings: [], checkedSeries: 1 })
    expect(reader.state()).toMatchObject({
      status: 'finished',
      statusDetail: 'done',
      endedAtMs: 5,
      attempts: 1,
      steps: 70_000,
      worker: null,
    })
    expect(reader.metricSummaries()['loss']).toMatchObject({
      count: 70_000,
      max: Math.max(...values),
      min: Math.min(...values),
    })
    reader.close()
  })
})

describe('what a writer refuses', () => {
  it.each([
    ['a step that is not whole', () => ({ step: 0.5, loss: 1 }), 'step 0.5 is not a whole number'],
    [
      'a step that repeats',
      () => ({ step: 3, loss: 1 }),
      'metric "loss" at step 3 after step 3: begin a new attempt to go back',
    ],
    ['a step that goes back', () => ({ step: 2, loss: 1 }), 'metric "loss" at step 2 after step 3'],
  ])('%s', (_what, point, message) => {
    const writer = newRun()
    writer.logScalars(3, { loss: 0 }, 0)
    const { step, loss } = point()
    expect(() => writer.logScalars(step, { loss }, 0)).toThrow(
      expect.objectContaining({ code: 'bad-request', message: expect.stringContaining(message) }),
    )
    writer.commit()
    expect(openRunReader(writer.folder).scalars('loss').values).toEqual(Float64Array.of(0))
  })

  it('another definition of a metric, and a vector of another dimension', () => {
    const writer = newRun()
    const metric = { name: 'loss', kind: 'scalar' as const, dimension: 1, unit: 'nats', description: '', role: null }
    writer.defineMetric(metric)
    writer.defineMetric({ ...metric })
    expect(() => writer.defineMetric({ ...metric, unit: 'bits' })).toThrow('metric "loss" is already defined otherwise')
    writer.logVector(0, 'sketch', Float64Array.of(1, 2), 0)
    expect(() => writer.logVector(1, 'sketch', Float64Array.of(1), 0)).toThrow(
      'metric "sketch" is a vector of dimension 2, not a vector of dimension 1',
    )
    expect(() => writer.logScalars(1, { sketch: 1 }, 0)).toThrow('not a scalar')
  })

  it('anything after it is closed', () => {
    const writer = newRun()
    writer.close()
    expect(() => writer.heartbeat(1)).toThrow(`the writer of ${writer.file} is closed`)
    expect(() => writer.logScalars(0, { loss: 1 }, 0)).toThrow('is closed')
    expect(() => writer.commit()).toThrow('is closed')
  })
})
