import { describe, expect, it } from 'vitest'
import { intervalGlyphLayout } from '#figures/glyphs/intervalGlyphLayout.ts'
import { miniChart, roundRange } from '../../../src-renderer/ui/miniChart.ts'
import { quantityParts } from '#figures/text/quantityParts.ts'

const nothing = {
  estimate: Number.NaN,
  low: Number.NaN,
  high: Number.NaN,
  marginLow: Number.NaN,
  marginHigh: Number.NaN,
  threshold: Number.NaN,
}

describe('intervalGlyphLayout', () => {
  it('places everything on one axis, inside the box', () => {
    const layout = intervalGlyphLayout(
      { estimate: 1, low: 0, high: 2, marginLow: -1, marginHigh: 3, threshold: 3 },
      100,
    )
    expect(layout).toMatchObject({ estimate: 50, margin: { from: 8, to: 92 }, threshold: 92 })
    expect(layout.bar?.from).toBeCloseTo(29)
    expect(layout.bar?.to).toBeCloseTo(71)
  })

  it('lets an open margin reach the edge and draws nothing that is missing', () => {
    expect(intervalGlyphLayout({ ...nothing, estimate: 1, marginLow: 0 }, 100).margin).toEqual({ from: 8, to: 100 })
    expect(intervalGlyphLayout(nothing, 100)).toEqual({ estimate: null, bar: null, margin: null, threshold: null })
    expect(intervalGlyphLayout({ ...nothing, estimate: 5 }, 100).estimate).toBe(50)
  })
})

describe('miniChart', () => {
  const box = { width: 200, height: 100, left: 30, right: 10, top: 10, bottom: 20 }
  const series = (values: number[]) => {
    const y = Float64Array.from(values)
    return { x: y.map((_, index) => index * 10), min: y, max: y, mean: y, smoothed: null, isEnvelope: false }
  }

  it('chooses round ends, with zero when the values come near it', () => {
    expect(roundRange(0.1, 0.9, 3)).toMatchObject({ from: 0, to: 1 })
    expect(roundRange(0.83, 2.3, 3)).toMatchObject({ from: 0.5, to: 2.5, step: 0.5 })
    expect(roundRange(-3, 3, 3)).toMatchObject({ from: -4, to: 4, step: 2 })
  })

  it('leaves a gap at what is not finite', () => {
    const chart = miniChart(series([1, 2, Number.NaN, 3]), box)
    expect(chart?.raw.path.match(/M/g)).toHaveLength(2)
    expect(chart?.horizontalTicks.map((tick) => tick.label)).toEqual(['0', '15', '30'])
    expect(chart?.verticalTicks.map((tick) => tick.label)).toEqual(['0', '1', '2', '3'])
  })

  it('labels whole steps only, each once, where it stands', () => {
    const of = (count: number, from = 0) => {
      const y = new Float64Array(count).fill(1)
      const chart = miniChart({ ...series([...y]), x: y.map((_, index) => from + index) }, box)
      return chart?.horizontalTicks.map(({ label, position }) => [label, Math.round(position)])
    }
    expect(of(200)?.map(([label]) => label)).toEqual(['0', '100', '199'])
    expect(of(4, 7)).toEqual([
      ['7', 30],
      ['9', 137],
      ['10', 190],
    ])
    expect(of(2)?.map(([label]) => label)).toEqual(['0', '1'])
    expect(of(1)?.map(([label]) => label)).toEqual(['0'])
  })

  it('is nothing without a finite value', () => {
    expect(miniChart(series([Number.NaN]), box)).toBeNull()
  })
})

describe('quantityParts', () => {
  it('finds quantities in a sentence', () => {
    const parts = quantityParts('while ‖∇f‖² stays at 0.3 and λmax falls')
    expect(parts.map((part) => `${part.isMath ? '*' : ''}${part.text}${part.subscript}`)).toEqual([
      'while ',
      '*‖∇𝑓‖²',
      ' stays at 0.3 and ',
      '*𝜆max',
      ' falls',
    ])
    expect(quantityParts('flat')).toEqual([{ text: 'flat', isMath: false, subscript: '' }])
    expect(quantityParts('')).toEqual([])
  })
})
