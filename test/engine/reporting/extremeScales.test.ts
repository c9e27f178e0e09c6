import { describe, expect, it } from 'vitest'
import { windowQuantilesOptions } from '#figures/charts/windowQuantilesOptions.ts'
import { linePlotOptions } from '#figures/plot/linePlotOptions.ts'
import { svgOfChart } from '../../../src-engine/reporting/svgOfChart.ts'

const drawing = { width: 388, height: 236 }

const magnitudes = [
  5e-324, 1e-310, 1e-300, 1e-272, 8e-55, 1e-21, 2.5e-20, 1e-12, 1, 1e21, 1e140, 1e300, 1e308, 1.79e308,
]

function lineOf(y: number[], logarithmic: boolean): string {
  return svgOfChart(
    (frame) =>
      linePlotOptions(
        {
          lines: [
            { id: 'a', label: 'a', color: '--run-1', x: y.map((_, i) => i), y, low: y.map((v) => v / 2), high: y },
          ],
          x: { kind: 'step' },
          y: { logarithmic, includeZero: !logarithmic },
        },
        frame,
      ),
    drawing,
  )
}

/** What is wrong with a drawing: nothing drawn, or a coordinate that is no number. */
function faultOf(svg: string): string {
  return `${svg.includes('<path') ? '' : 'no path '}${/NaN|Infinity/.exec(svg)?.[0] ?? ''}`
}

describe('a figure of any magnitude is drawn', () => {
  it.each(magnitudes.flatMap((size) => [true, false].map((logarithmic) => [size, logarithmic] as const)))(
    'lines around %d, logarithmic %s',
    (size, logarithmic) => {
      expect(faultOf(lineOf([size, size / 2, size / 3, size / 4], logarithmic))).toBe('')
      expect(faultOf(lineOf([size, 1, size / 3, 2], logarithmic))).toBe('')
      expect(faultOf(lineOf([size, -size, size / 3, -size / 4], logarithmic))).toBe('')
    },
  )

  it('over 600 decades', () => {
    expect(faultOf(lineOf([1e300, 1, 1e-300, 5e-324], true))).toBe('')
  })

  it.each(magnitudes)('windows around %d', (size) => {
    const windows = [0, 1].map((i) => ({
      from: i * 10,
      to: i * 10 + 9,
      p5: 0,
      q1: size / 4,
      median: size / 3,
      q3: size / 2,
      p95: size,
    }))
    const svg = svgOfChart(
      (frame) =>
        windowQuantilesOptions(
          { kind: 'window-quantiles', windows, mean: size / 3, marginLow: 0, marginHigh: size },
          { color: '--run-1', isLogarithmic: false },
          frame,
        ),
      drawing,
    )
    expect(faultOf(svg)).toBe('')
  })
})
