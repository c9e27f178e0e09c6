import { describe, expect, it } from 'vitest'
import { linePlotOptions } from '#figures/plot/linePlotOptions.ts'
import { svgOfChart } from '../../../src-engine/reporting/svgOfChart.ts'

/** Heights in pixels of the dotted lines, from the top of the picture. */
function dottedHeights(levels: readonly number[]): number[] {
  const svg = svgOfChart(
    (frame) =>
      linePlotOptions(
        {
          lines: [{ id: 'a', label: 'a', color: '--run-1', x: [0, 1], y: [0, 0.06] }],
          x: { kind: 'step' },
          y: { includeZero: true },
          references: levels.map((at) => ({ axis: 'y', at, style: 'dotted' })),
        },
        frame,
      ),
    { width: 600, height: 1000 },
  )
  return [...svg.matchAll(/<path d="M[\d.]+ ([\d.]+)L[\d.]+ \1"[^>]*stroke-dasharray="1\.5,2\.5"/g)].map((match) =>
    Number(match[1]),
  )
}

describe('reference lines', () => {
  it('stand where their value is, not where it is after rounding to two decimals', () => {
    const [zero = NaN, rounded = NaN, exact = NaN] = dottedHeights([0, 0.04, 0.0448])
    expect(zero - rounded).toBeGreaterThan(400)
    expect(Math.abs((zero - exact) / (zero - rounded) - 1.12)).toBeLessThan(0.005)
  })
})
