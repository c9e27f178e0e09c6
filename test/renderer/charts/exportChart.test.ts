import { describe, expect, it } from 'vitest'
import { chartSvg } from '../../../src-renderer/charts/exportChart.ts'
import { linePlotOptions } from '#figures/plot/linePlotOptions.ts'

describe('chartSvg', () => {
  it('is well-formed, in the light theme, with title and legend as text', () => {
    document.documentElement.dataset['theme'] = 'dark'
    const line = { id: 'a', label: 'run <a>', color: '--run-1' as const, x: [0, 1, 2], y: [1, 2, 3] }
    const svg = chartSvg(
      {
        build: (frame) => linePlotOptions({ lines: [line], x: { kind: 'step' }, y: {} }, frame),
        title: 'Loss',
        drawn: '3 of 3 points',
        legend: [{ label: line.label, color: line.color }],
      },
      336,
    )
    expect(svg).toMatch(/^<svg width="336"/)
    expect(svg.toLowerCase()).toContain('#3b6fd2')
    expect(svg).toContain('>Loss</text>')
    expect(svg).toContain('>run &lt;a&gt;</text>')
    // No quote may stand inside an attribute: every attribute is name="value" up to the end of its tag.
    const tags = svg.match(/<[a-z][^>]*>/gi) ?? []
    expect(tags.filter((tag) => !/^<[\w:]+(?:\s+[\w:-]+="[^"]*")*\s*\/?>$/.test(tag))).toEqual([])
  })
})
