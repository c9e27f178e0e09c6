import { describe, expect, it } from 'vitest'
import type { Series } from '#shared/contract/series.ts'
import { cursorReadings, nearestFirst, neighbouringPosition } from '../../../src-renderer/charts/cursorReadings.ts'
import { drawnText, nonFiniteText } from '../../../src-renderer/charts/drawnText.ts'
import { linesCsv } from '../../../src-renderer/charts/exportChart.ts'
import { seriesLine } from '../../../src-renderer/charts/seriesLine.ts'
import { fakeSeries } from '../fakeBridge.ts'

const points = (count: number): Series => ({ ...fakeSeries({ runId: 'a', metric: 'loss' }, 10), pointCount: count })
const buckets = (count: number): Series => ({ ...points(count), kind: 'buckets' })
const identity = { id: 'a', label: 'a', color: '--run-1' as const }

describe('drawnText', () => {
  it('says what was drawn, from how many points', () => {
    expect(drawnText([points(3000), points(471)])).toBe('3\u202f471 of 3\u202f471\u00a0points')
    expect(drawnText([buckets(1650)], { kind: 'ema', weight: 0.97 })).toBe(
      '10 buckets, min–max of 1\u202f650\u00a0points; EMA 0.97 on all',
    )
    expect(drawnText([points(3)], { kind: 'ema', weight: 0.9, geometric: true })).toContain('log EMA 0.9 on all')
    expect(drawnText([buckets(1650), points(10)])).toBe('10 buckets (min–max) and 10\u00a0points, of 1\u202f660')
    expect(drawnText([points(0)])).toBe('no points')
  })

  it('counts what is not finite', () => {
    const diverged: Series = {
      ...points(5),
      nonFinite: {
        nanCount: 12,
        positiveInfinityCount: 3,
        negativeInfinityCount: 0,
        firstStep: 2,
        x: new Float64Array([2]),
      },
    }
    expect(nonFiniteText([diverged, points(3)])).toBe('12 NaN, 3 +∞')
    expect(nonFiniteText([points(3)])).toBe('')
  })
})

describe('seriesLine', () => {
  it('draws every point, faintly behind its average', () => {
    const smoothed = Float64Array.from({ length: 10 }, () => 1)
    const line = seriesLine({ ...points(10), smoothed }, identity)
    expect(line.y).toBe(smoothed)
    expect(line.raw).toEqual(points(10).last)
  })

  it('draws the mean of buckets above their exact extremes, transformed alike', () => {
    const line = seriesLine(
      { ...buckets(99), mean: new Float64Array([4]), min: new Float64Array([1]), max: new Float64Array([9]) },
      identity,
      { transform: Math.sqrt },
    )
    expect([line.y[0], line.low?.[0], line.high?.[0]]).toEqual([2, 1, 3])
  })
})

describe('the cursor', () => {
  const near = { ...identity, x: [0, 10, 20], y: [1, 2, 3] }
  const short = { ...identity, id: 'b', x: [0, 1], y: [5, 6] }

  it('reads the nearest point of every line that has one there', () => {
    expect(cursorReadings([near, short], 12).map(({ line, x, value }) => [line.id, x, value])).toEqual([['a', 10, 2]])
  })

  it('orders readings by their distance from the pointer, what is not finite last', () => {
    const readings = cursorReadings(
      [near, { ...near, id: 'c', y: [9, NaN, 9] }, { ...near, id: 'd', y: [9, 8, 9] }],
      10,
    )
    expect(nearestFirst(readings, ({ value }) => value, 8).map(({ line }) => line.id)).toEqual(['d', 'a', 'c'])
  })

  it('moves from point to point and stops at the ends', () => {
    expect(neighbouringPosition([near, short], 1, 1)).toBe(10)
    expect(neighbouringPosition([near, short], 10, -1)).toBe(1)
    expect(neighbouringPosition([near], 20, 1)).toBe(20)
  })
})

describe('linesCsv', () => {
  it('writes one row per point and quotes names that need it', () => {
    expect(linesCsv([{ ...identity, label: 'a, "b"', x: [1], y: [NaN], low: [0], high: [2] }], 'step', 'loss')).toBe(
      'series,step,loss,low,high\n"a, ""b""",1,NaN,0,2\n',
    )
  })
})
