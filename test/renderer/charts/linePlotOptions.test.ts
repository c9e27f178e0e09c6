import { describe, expect, it } from 'vitest'
import type { ChartSeries } from '#figures/plot/chartOption.ts'
import { linePlotOptions } from '#figures/plot/linePlotOptions.ts'
import type { LinePlot } from '#figures/plot/linePlot.ts'
import { bandStretches, linePairs } from '#figures/plot/lineSeries.ts'
import type { PlotLine } from '#figures/plot/plotLine.ts'
import { testFrame } from './testTheme.ts'

const line: PlotLine = { id: 'a', label: 'a', color: '--run-1', x: [0, 1, 2, 3], y: [1, 0.1, NaN, 0.01] }
const plot = (rest: Partial<LinePlot> = {}): LinePlot => ({ lines: [line], x: { kind: 'step' }, y: {}, ...rest })
function seriesOf(one: LinePlot): ChartSeries[] {
  const { series = [] } = linePlotOptions(one, testFrame)
  return Array.isArray(series) ? series : [series]
}
const drawn = (one: LinePlot): ChartSeries[] =>
  seriesOf(one).filter((series) => Array.isArray(series.data) && series.data.length > 0)

describe('linePlotOptions', () => {
  it('never animates and answers to no pointer: cursor and values are drawn above it', () => {
    expect(linePlotOptions(plot(), testFrame)['animation']).toBe(false)
    expect(seriesOf(plot()).every((series) => series.silent === true && series.animation === false)).toBe(true)
  })

  it('draws what is not finite as a gap', () => {
    expect(drawn(plot())[0]?.data).toEqual([
      [0, 1],
      [1, 0.1],
      [2, null],
      [3, 0.01],
    ])
  })

  it('begins a logarithmic horizontal axis at the first positive position and leaves out what has no logarithm', () => {
    const option = linePlotOptions(
      plot({ x: { kind: 'step', logarithmic: true }, y: { logarithmic: true } }),
      testFrame,
    )
    expect(option.xAxis).toMatchObject({ type: 'log', min: 1, max: 3, name: 'step' })
    expect(linePairs([1, 2], [0, -1], true)).toEqual([
      [1, null],
      [2, null],
    ])
  })

  it('interrupts an average where it was restarted', () => {
    expect(linePairs([0, 1, 2, 3], [1, 1, 2, 2], false, [2])).toEqual([
      [0, 1],
      [1, 1],
      [2, null],
      [2, 2],
      [3, 2],
    ])
  })

  it('scales to what lies inside a zoom, band included', () => {
    const banded: PlotLine = { ...line, y: [9, 1, 1, 9], low: [8, 0.5, 0.5, 8], high: [10, 2, 2, 10] }
    expect(
      linePlotOptions(plot({ lines: [banded], x: { kind: 'step', range: [1, 2] } }), testFrame).yAxis,
    ).toMatchObject({ min: 0.5, max: 2 })
  })

  it('fades the lines that are not singled out and thickens the others', () => {
    const other = { ...line, id: 'b' }
    const [first, second] = drawn(plot({ lines: [line, other], highlightedIds: ['b'] })) as {
      lineStyle: { width: number; opacity: number }
    }[]
    expect(first?.lineStyle).toMatchObject({ width: 1.6, opacity: 0.5 })
    expect(second?.lineStyle).toMatchObject({ width: 2.25, opacity: 1 })
  })

  it('marks divergence: a line where it begins, a shade after it, a cross for each point', () => {
    const option = seriesOf(plot({ nonFinite: { x: [2, 3], from: 2 } }))
    const marks = option[0] as { markLine: { data: { xAxis: number }[] }; markArea: { data: { xAxis: number }[][] } }
    expect(marks.markLine.data[0]?.xAxis).toBe(2)
    expect(marks.markArea.data[0]?.map((end) => end.xAxis)).toEqual([2, 3])
    expect(option.at(-1)?.data).toHaveLength(2)
  })

  it('leaves room for the ruler only when there is more than one segment', () => {
    const segment = { from: 0, to: 2, label: 'η 0.1' }
    expect(linePlotOptions(plot({ segments: [segment] }), testFrame).grid).toMatchObject({ top: 10 })
    expect(
      linePlotOptions(plot({ segments: [segment, { ...segment, from: 2, to: 4 }] }), testFrame).grid,
    ).toMatchObject({ top: 26 })
  })

  it('draws an empty plot with axes of its own', () => {
    expect(linePlotOptions(plot({ lines: [] }), testFrame).yAxis).toMatchObject({ min: 0, max: 1 })
  })
})

describe('bandStretches', () => {
  it('splits a band where an end is missing', () => {
    expect(bandStretches({ ...line, low: [0, 0, NaN, 1], high: [1, 1, 1, 2] }, false)).toEqual([
      [0, 1],
      [3, 3],
    ])
  })
})

describe('the label of a reference line', () => {
  const positionAt = (at: number): unknown => {
    const [marks] = seriesOf(plot({ y: { include: [0, 1] }, references: [{ axis: 'y', at, label: 'limit' }] }))
    return JSON.stringify(marks && 'markLine' in marks ? marks.markLine : null).match(/"position":"(\w+)"/)?.[1]
  }

  it('stands above the line, and below it at the top of the plot', () => {
    expect(positionAt(0.5)).toBe('insideEndTop')
    expect(positionAt(1)).toBe('insideEndBottom')
  })
})

describe('the label of a shade', () => {
  const [top, bottom] = [10, 38]
  const height = testFrame.height - top - bottom
  /** Pixels from the top of the plot to the label of the shade, and to each line. */
  function depths(y: number[], rest: Partial<LinePlot>): { label: number; lines: number[] } {
    const option = linePlotOptions(
      plot({
        lines: [{ ...line, x: [0, 1], y }],
        shades: [{ axis: 'x', from: 0, to: 1, label: 'transient' }],
        ...rest,
      }),
      testFrame,
    )
    const [axis] = [option.yAxis].flat()
    const { min, max } = axis as { min: number; max: number } // set from the scale, as numbers
    const [marks] = [option.series ?? []].flat()
    const label = (marks as { markArea: { data: { label: { distance: number } }[][] } }).markArea.data[0]?.[0]?.label // the series of marks is the first
    const unit = (value: number): number => (axis?.type === 'log' ? Math.log(value) : value)
    return {
      label: label?.distance ?? NaN,
      lines: (rest.references ?? []).map(({ at }) => (height * (unit(max) - unit(at))) / (unit(max) - unit(min))),
    }
  }
  const reference = (at: number) => ({ axis: 'y' as const, at, style: 'dotted' as const })

  it('stands at the top, and below each line that would cross it there', () => {
    expect(depths([0, 10], { references: [reference(5)] }).label).toBe(5)
    for (const logarithmic of [false, true]) {
      const { label, lines } = depths([1, 1000], { references: [reference(960), reference(900)], y: { logarithmic } })
      for (const depth of lines) expect(label - depth).toBeGreaterThanOrEqual(4 - 1e-9)
      expect(label).toBeLessThan(height / 2)
    }
  })
})
