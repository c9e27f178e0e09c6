import type { GraphicComponentOption } from 'echarts'
import type { ChartBuilder, ChartOption } from '#figures/plot/chartOption.ts'
import type { ChartTheme } from '#figures/plot/chartTheme.ts'
import { lightTheme } from '#figures/plot/lightTheme.ts'
import { init } from './echartsParts.ts'
import type { PlotLine } from '#figures/plot/plotLine.ts'

/** Widths of one and two columns of a paper, 89 and 183 mm at 96 px per inch. */
export const columnWidthsPx = { one: 336, two: 692 } as const

export interface ChartPicture {
  readonly build: ChartBuilder
  readonly title: string
  /** What was drawn, e.g. `3 471 of 3 471 points`. */
  readonly drawn: string
  readonly legend: readonly { label: string; color: string }[]
}

const headerPx = 24
const legendRowPx = 16

function withTitleAndLegend(
  picture: ChartPicture,
  theme: ChartTheme,
  width: number,
  plotHeight: number,
): { option: ChartOption & GraphicComponentOption; height: number } {
  const columns = width > 500 ? 3 : 2
  const rows = Math.ceil(picture.legend.length / columns)
  const height = headerPx + plotHeight + rows * legendRowPx + (rows > 0 ? 6 : 0)
  const option = picture.build({ theme, width, height: plotHeight })
  const grid = option.grid && !Array.isArray(option.grid) ? option.grid : {}
  const font = (weight: number): string => `${weight} 10.67px ${theme.fontFamily}`
  const entries = picture.legend.flatMap(({ label, color }, i) => {
    const x = 8 + (i % columns) * ((width - 8) / columns)
    const y = headerPx + plotHeight + 4 + Math.floor(i / columns) * legendRowPx
    // Legend colours are token names: those of the light theme are looked up here.
    const stroke = Object.entries(theme.colors).find(([token]) => token === color)?.[1] ?? theme.colors['--text-1']
    return [
      { type: 'line' as const, shape: { x1: x, x2: x + 16, y1: y + 6, y2: y + 6 }, style: { stroke, lineWidth: 1.8 } },
      {
        type: 'text' as const,
        style: {
          text: label,
          x: x + 21,
          y,
          font: font(400),
          fill: theme.colors['--text-1'],
          width: (width - 8) / columns - 26,
          overflow: 'truncate' as const,
        },
      },
    ]
  })
  return {
    height,
    option: {
      ...option,
      backgroundColor: '#FFFFFF',
      grid: {
        ...grid,
        top: headerPx + Number(grid.top ?? 10),
        bottom: height - headerPx - plotHeight + Number(grid.bottom ?? 38),
      },
      graphic: {
        elements: [
          { type: 'text', style: { text: picture.title, x: 8, y: 6, font: font(600), fill: theme.colors['--text-1'] } },
          {
            type: 'text',
            style: {
              text: picture.drawn,
              x: width - 8,
              y: 6,
              align: 'right',
              font: font(400),
              fill: theme.colors['--text-3'],
            },
          },
          ...entries,
        ],
      },
    },
  }
}

/** The chart as SVG with text as text, in the light theme, with title and legend written in. */
export function chartSvg(picture: ChartPicture, width: number): string {
  const { option, height } = withTitleAndLegend(picture, lightTheme(), width, Math.round(width * 0.6))
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height })
  chart.setOption(option)
  const svg = chart.renderToSVGString()
  chart.dispose()
  return svg
}

/** The same picture as PNG at 300 dots per inch. */
export async function chartPng(picture: ChartPicture, width: number): Promise<Uint8Array> {
  const { option, height } = withTitleAndLegend(picture, lightTheme(), width, Math.round(width * 0.6))
  const canvas = document.createElement('canvas')
  const chart = init(canvas, null, { renderer: 'canvas', width, height, devicePixelRatio: 300 / 96 })
  chart.setOption(option)
  chart.getZr().flush()
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  chart.dispose()
  if (blob === null) throw new Error(`The picture of ${width} by ${height} pixels could not be made`)
  return new Uint8Array(await blob.arrayBuffer())
}

const csvField = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
const csvNumber = (value: number | undefined): string => (value === undefined ? '' : String(value))

/** What the chart draws, one row per point: series, x, y, and the ends of its band where it has one. */
export function linesCsv(lines: readonly PlotLine[], xName: string, yName: string): string {
  const rows = lines.flatMap((line) =>
    Array.from({ length: line.x.length }, (_, i) =>
      [
        csvField(line.label),
        csvNumber(line.x[i]),
        csvNumber(line.y[i]),
        csvNumber(line.low?.[i]),
        csvNumber(line.high?.[i]),
      ].join(','),
    ),
  )
  return [`series,${csvField(xName)},${csvField(yName)},low,high`, ...rows, ''].join('\n')
}
