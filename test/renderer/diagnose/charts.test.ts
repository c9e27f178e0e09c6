import { describe, expect, it } from 'vitest'
import { createDiagnosticResult } from '../../../src-core/diagnostics/results/createDiagnosticResult.ts'
import type {
  CurveChart,
  DistanceMatrixChart,
  ForestChart,
  LagChart,
  TrendChart,
  WindowQuantilesChart,
} from '../../../src-core/diagnostics/results/diagnosticResult.ts'
import type { ChartContext } from '#figures/charts/chartContext.ts'
import { drawnText } from '#figures/charts/chartDrawing.ts'
import { chartTable } from '#figures/charts/chartTable.ts'
import { distanceMatrixOptions, matrixCells, matrixRange } from '#figures/charts/distanceMatrixOptions.ts'
import { niceLinearScale } from '#figures/plot/ticks.ts'
import { fittingScale, forestRows, forestScale } from '#figures/charts/forestOptions.ts'
import { luminance, mapColor, textOn } from '#figures/charts/heatColors.ts'
import { autocorrelationPlot, displacementPlot } from '#figures/charts/lagPlot.ts'
import { spectrumStems } from '#figures/charts/spectrumOptions.ts'
import { trendPlot } from '#figures/charts/trendPlot.ts'
import { quantileScale, startsLogarithmicQuantiles } from '#figures/charts/windowQuantilesOptions.ts'
import { readChartTheme } from '#figures/plot/chartTheme.ts'

const theme = readChartTheme((name) =>
  name.startsWith('--seq-') ? `#${name.at(-1)}0${name.at(-1)}0${name.at(-1)}0` : '0.2',
)
const context: ChartContext = {
  runName: 'a',
  color: '--run-1',
  from: 0,
  to: 1000,
  transientEnd: 200,
  companions: [],
  raw: null,
  isLogarithmic: false,
}
const trend: TrendChart = {
  kind: 'trend',
  steps: [300, 600, 900],
  values: [0.3, 0.28, 0.29],
  mean: 0.29,
  low: 0.27,
  high: 0.31,
  initial: 0.02,
  reference: 2e-6,
  floor: [],
  logarithmic: false,
}

describe('trendPlot', () => {
  it('draws the noise floor of a probe where there is one', () => {
    expect(trendPlot(trend, context).lines.map(({ id }) => id)).not.toContain('noise floor')
    const floor = trendPlot({ ...trend, floor: [0.05, 0.04, 0.05] }, context).lines.find(
      ({ id }) => id === 'noise floor',
    )
    expect(floor).toMatchObject({ x: trend.steps, y: [0.05, 0.04, 0.05], dash: 'dashed' })
  })

  it('draws mean with its band over the judged part, the transient and the initial value', () => {
    const plot = trendPlot(trend, context)
    const mean = plot.lines.find(({ id }) => id === 'mean')
    expect(mean?.x).toEqual([200, 1000])
    expect(mean?.low).toEqual([0.27, 0.27])
    expect(plot.shades).toEqual([{ axis: 'x', from: 0, to: 200, label: 'transient' }])
    expect(plot.references?.[0]).toMatchObject({ at: 0.02, style: 'dotted' })
    expect(plot.y.includeZero).toBe(true)
  })

  it('leaves out a start that would flatten the judged values, and says that the transient is not drawn', () => {
    const raw = {
      id: 'recorded',
      label: 'recorded',
      color: '--run-1' as const,
      x: [0, 100, 300, 600],
      y: [50, 5, 0.3, 0.28],
    }
    const plot = trendPlot({ ...trend, initial: 50 }, { ...context, raw })
    expect(plot.references).toEqual([])
    expect(plot.lines[0]?.x).toEqual([300, 600])
    expect(plot.shades?.[0]?.label).toBe('transient,\nnot drawn')
  })

  it('draws other seeds thinly, and the tolerance on a logarithmic axis', () => {
    const companion = { runName: 'b', color: '--run-6' as const, chart: trend }
    const plot = trendPlot(trend, { ...context, companions: [companion], isLogarithmic: true })
    expect(plot.lines.find(({ label }) => label === 'b')).toMatchObject({ color: '--run-6', width: 1.1 })
    expect(plot.references?.map(({ at }) => at)).toEqual([0.02, 2e-6])
    expect(plot.y).toMatchObject({ logarithmic: true, includeZero: false })
  })
})

describe('windows', () => {
  const window = { from: 0, to: 9, p5: 1, q1: 1.1, median: 1.2, q3: 1.3, p95: 1.4 }
  const chart: WindowQuantilesChart = {
    kind: 'window-quantiles',
    windows: [window, window],
    mean: 1.2,
    marginLow: 1.1,
    marginHigh: 1.5,
  }

  it('scales to the margin, unless that is much wider than the data', () => {
    expect(quantileScale(chart, 4).max).toBeGreaterThanOrEqual(1.5)
    const wide = quantileScale({ ...chart, marginLow: -10, marginHigh: 10 }, 4)
    expect([wide.min, wide.max]).toEqual([1, 1.4])
  })

  it('are logarithmic from the start where their medians are decades apart, and never with values at zero', () => {
    const fallen = { ...window, p5: 1e-9, q1: 1e-9, median: 1.1e-9, q3: 1.2e-9, p95: 1e-8 }
    expect(startsLogarithmicQuantiles(chart)).toBe(false)
    expect(startsLogarithmicQuantiles({ ...chart, windows: [window, fallen] })).toBe(true)
    expect(startsLogarithmicQuantiles({ ...chart, windows: [window, { ...fallen, p5: 0 }] })).toBeUndefined()
    const scale = quantileScale({ ...chart, windows: [window, fallen], marginLow: -1 }, 4, true)
    expect(scale.logarithmic).toBe(true)
    expect(scale.min).toBeGreaterThan(0)
  })

  it('has no axis below zero for what never is', () => {
    const near = { ...chart, windows: [{ ...window, p5: 0.2 }], marginLow: -0.2 }
    expect(quantileScale(near, 4).min).toBe(0)
    const crossing = { ...chart, windows: [{ ...window, p5: -0.1 }], marginLow: -0.5 }
    expect(quantileScale(crossing, 4).min).toBeLessThanOrEqual(-0.5)
  })

  it('leaves the diagonal and unknown distances empty, with one inside the colour range', () => {
    const matrix: DistanceMatrixChart = {
      kind: 'distance-matrix',
      observable: 'loss',
      windows: [window, window, window],
      ratios: [
        [NaN, 1.31, NaN],
        [1.31, NaN, 1.2],
        [NaN, 1.2, NaN],
      ],
      baseline: 0.1,
    }
    const cells = matrixCells(matrix)
    expect(cells.map(({ row, column }) => [row, column])).toEqual([
      [0, 1],
      [1, 0],
      [1, 2],
      [2, 1],
    ])
    const [low, high] = matrixRange(cells)
    expect(low).toBeCloseTo(1)
    expect(high).toBeCloseTo(1.4)
    const option = distanceMatrixOptions(matrix, { theme, width: 380, height: 220 })
    expect(option.yAxis).toMatchObject({ inverse: true, data: ['1', '2', '3'] })
  })

  it('interpolates the map and writes readable numbers on it', () => {
    expect(mapColor(theme, 0)).toBe('rgb(16, 16, 16)')
    expect(mapColor(theme, 2)).toBe('rgb(144, 144, 144)')
    expect(textOn('#FFFFFF')).toBe('#0F1115')
    expect(textOn('#101010')).toBe('#FFFFFF')
    expect(luminance('rgb(255, 255, 255)')).toBeCloseTo(1)
  })
})

describe('forest', () => {
  const row = (label: string, estimate: number, isReference = false) => ({
    label,
    estimate,
    low: estimate - 0.1,
    high: estimate + 0.1,
    isReference,
  })
  const chart: ForestChart = {
    kind: 'forest',
    xName: 'net',
    rows: [row('a', 0), row('without momentum', 0.4, true)],
    marginLow: -0.2,
    marginHigh: 0.2,
  }

  it('puts the other seeds before what is shown for comparison only', () => {
    const companion = {
      runName: 'b',
      color: '--run-6' as const,
      chart: { ...chart, rows: [row('b', 0.05), row('without momentum', 0.5, true)] },
    }
    const rows = forestRows(chart, { ...context, companions: [companion] })
    expect(rows.map(({ label, color }) => `${label} ${color}`)).toEqual([
      'a --run-1',
      'b --run-6',
      'without momentum --run-1',
    ])
    expect(forestScale(rows, chart, 4)).toMatchObject({ min: -0.2 })
  })

  it('has as many ticks as its labels leave room for', () => {
    const scaleOf = (count: number) => niceLinearScale(-8.4e-8, 1.4e-8, count, true)
    expect(scaleOf(5).ticks.length).toBeGreaterThan(5)
    expect(fittingScale(scaleOf, 5, 240).ticks.length).toBeLessThanOrEqual(4)
    expect(fittingScale(scaleOf, 5, 2000)).toEqual(scaleOf(5))
    expect(fittingScale(scaleOf, 5, 1).ticks.length).toBeGreaterThan(0)
  })

  it('keeps rows that are terms, not runs', () => {
    const terms: ForestChart = { ...chart, rows: [row('descent', -1), row('net', 0)] }
    const companion = { runName: 'b', color: '--run-6' as const, chart: terms }
    expect(forestRows(terms, { ...context, companions: [companion] })).toHaveLength(2)
  })
})

describe('lags and spectrum', () => {
  const chart: LagChart = {
    kind: 'lag',
    curves: [{ label: 'weights', lags: [1, 10, 100], values: [0.2, 1.5, 2], parameter: 0.01 }],
    reference: 2,
    logarithmic: true,
  }

  it('leads the line of diffusion from the first point, not beyond the plot', () => {
    const plot = displacementPlot(chart, context)
    expect(plot.guide?.x).toEqual([1, 20])
    expect(plot.guide?.y[1]).toBeCloseTo(4)
    expect(plot.references?.[0]).toMatchObject({ at: 2, style: 'dotted' })
  })

  it('draws the run over the other correlations, with the band of none', () => {
    const plot = autocorrelationPlot(
      {
        ...chart,
        logarithmic: false,
        reference: 0.1,
        curves: [...chart.curves, { label: 'loss', lags: [0, 1], values: [1, 0], parameter: 3 }],
      },
      context,
    )
    expect(plot.lines.at(-1)).toMatchObject({ label: 'weights', color: '--run-1' })
    expect(plot.shades).toEqual([{ axis: 'y', from: -0.1, to: 0.1 }])
  })

  it('turns frequencies into periods and drops what is not finite', () => {
    expect(
      spectrumStems({
        kind: 'spectrum',
        observable: 'loss',
        frequencies: [0, 0.25, 0.5],
        shares: [0.1, 0.6, NaN],
        peakPeriod: 4,
        longestPeriod: 4,
      }),
    ).toEqual([{ period: 4, percent: 60 }])
  })

  it('writes what is drawn as a table', () => {
    expect(chartTable(chart)).toBe('curve,lag,value\nweights,1,0.2\nweights,10,1.5\nweights,100,2\n')
    expect(
      chartTable({
        kind: 'forest',
        xName: 'net',
        rows: [{ label: 'a, b', estimate: 1, low: NaN, high: 2, isReference: false }],
        marginLow: 0,
        marginHigh: 0,
      }),
    ).toContain('"a, b",1,NaN,2')
  })
})

const fields = { title: '', symbol: '', verdict: 'pass' as const, reason: '', summary: '', assumption: '' }

describe('drawnText', () => {
  const curve: CurveChart = {
    kind: 'curve',
    title: 'Density',
    xName: 'eigenvalue',
    curves: [],
    references: [],
    isLogarithmicX: false,
    isLogarithmicY: true,
  }

  it('counts what was drawn in its own unit', () => {
    const drawnOf = (id: 'spectral-density' | 'tail-index') =>
      drawnText(curve, createDiagnosticResult({ ...fields, id, sampleSize: 4 }), { companions: [] })
    expect(drawnOf('spectral-density').replaceAll(/\s/g, ' ')).toBe('4 starts')
    expect(drawnOf('tail-index').replaceAll(/\s/g, ' ')).toBe('4 points')
  })
})
