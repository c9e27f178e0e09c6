import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openRunReader } from '#engine/runfile/reader.ts'
import { openRunWriter } from '#engine/runfile/writer.ts'
import { queryRunFile } from '#engine/runfile/queryRunFile.ts'
import { newRun, stepsUpTo } from './runFolder.ts'

describe('a resumed run', () => {
  it('shows the last attempt from the step where it began, for every metric at once', () => {
    const writer = newRun()
    for (let step = 0; step < 10; step += 1)
      writer.logScalars(step, { loss: step, ...(step % 4 === 0 ? { probe: step } : {}) }, step)
    writer.logVector(8, 'sketch', Float64Array.of(8), 8)
    writer.close()

    const resumed = openRunWriter(writer.folder)
    expect(resumed.beginAttempt(5)).toBe(2)
    resumed.logScalars(5, { loss: 105 }, 105)
    resumed.commit()

    const reader = openRunReader(writer.folder)
    expect(reader.state()).toMatchObject({ steps: 6, pointCount: 14, attempts: 2 })
    expect(reader.scalars('loss')).toEqual({ steps: stepsUpTo(6), values: Float64Array.of(0, 1, 2, 3, 4, 105) })
    expect([...reader.scalars('probe').steps]).toEqual([0, 4])
    expect(reader.vectors('sketch').steps).toHaveLength(0)
    expect([...reader.stepTimes().wallTimesMs]).toEqual([0, 1, 2, 3, 4, 105])
    expect(reader.metricSummaries()).toMatchObject({
      loss: { last: 105, count: 6, max: 105 },
      probe: { last: 4, count: 2 },
    })
    expect(() => resumed.logScalars(4, { loss: 1 }, 0)).toThrow('metric "loss" at step 4 after step 5')
    expect(() => resumed.logScalars(4, { probe: 1 }, 0)).toThrow(
      'metric "probe" at step 4, but the attempt began at step 5',
    )
    reader.close()
    resumed.close()
  })

  it('takes the segments of the replaced steps away', () => {
    const writer = newRun()
    const rest = { momentum: 0, nesterov: false, weightDecay: 0, batchSize: 1, sampling: 'iid' }
    for (const [from, learningRate] of [
      [0, 1],
      [10, 0.1],
      [20, 0.01],
    ] as const)
      writer.beginSegment({ from, learningRate, ...rest })
    writer.commit()
    const ranges = (): (number | null)[][] => {
      const reader = openRunReader(writer.folder)
      const segments = reader.segments().map(({ from, to }) => [from, to])
      reader.close()
      return segments
    }
    writer.beginAttempt(15)
    writer.commit()
    expect(ranges()).toEqual([
      [0, 10],
      [10, null],
    ])
    writer.beginAttempt(10)
    writer.commit()
    expect(ranges()).toEqual([[0, null]])
    writer.beginSegment({ from: 10, learningRate: 0.1, ...rest })
    writer.commit()
    expect(ranges()).toEqual([
      [0, 10],
      [10, null],
    ])
  })

  it('keeps every point of every attempt, and its views say the same as the reader', () => {
    const writer = newRun()
    for (let step = 0; step < 4; step += 1) writer.logScalars(step, { loss: step }, 1000 + step)
    writer.beginAttempt(2)
    writer.logScalars(2, { loss: 20 }, 2002)
    writer.finish('stopped', '', 1)
    const sql = (query: string): unknown[] => queryRunFile(writer.folder, query).rows
    expect(sql(`SELECT step, value, wall_time_ms FROM scalars WHERE metric = 'loss' ORDER BY step`)).toEqual([
      [0, 0, 1000],
      [1, 1, 1001],
      [2, 20, 2002],
    ])
    expect(sql(`SELECT attempt, step, value FROM scalars_of_every_attempt ORDER BY attempt, step`)).toHaveLength(5)
  })
})

describe('an imported series that goes back', () => {
  it('starts a new attempt of that metric alone', () => {
    const writer = newRun()
    writer.logSeries('other', stepsUpTo(5), stepsUpTo(5))
    writer.logSeries('loss', Float64Array.of(0, 1, 2, 1, 2, 2), Float64Array.of(0, 1, 2, 11, 12, 22))
    writer.commit()
    const reader = openRunReader(writer.folder)
    expect(reader.scalars('loss')).toEqual({ steps: Float64Array.of(0, 1, 2), values: Float64Array.of(0, 11, 22) })
    expect(reader.scalars('other').steps).toHaveLength(5)
    expect(reader.attemptCount()).toBe(3)
    expect(reader.state().pointCount).toBe(11)
    reader.close()
  })

  it('is what replaying it with "last wins from there on" gives, whatever the steps', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 30 }), { minLength: 1, maxLength: 60 }), (steps) => {
        const writer = newRun()
        writer.logSeries('loss', Float64Array.from(steps), stepsUpTo(steps.length))
        writer.commit()
        const expected = steps.reduce<[number, number][]>(
          (kept, step, value) => [...kept.filter(([earlier]) => earlier < step), [step, value]],
          [],
        )
        const reader = openRunReader(writer.folder)
        const read = reader.scalars('loss')
        reader.close()
        expect(Array.from(read.steps, (step, i) => [step, read.values[i]])).toEqual(expected)
        writer.close()
      }),
      { numRuns: 40 },
    )
  })

  it('stays usable when every step repeats', () => {
    const writer = newRun()
    writer.logSeries('loss', new Float64Array(3000), stepsUpTo(3000))
    writer.finish('finished', '', 1)
    const reader = openRunReader(writer.folder)
    expect([...reader.scalars('loss').values]).toEqual([2999])
    expect(reader.attemptCount()).toBe(3000)
    expect(reader.verify().isSound).toBe(true)
    reader.close()
  })
})
