import type { CustomSeriesOption } from 'echarts'
import type { DistanceMatrixChart } from '#core/diagnostics/results/diagnosticResult.ts'
import { formatFixed } from '#core/format/formatNumber.ts'
import { categoryAxis } from '../plot/axes.ts'
import type { ChartFrame, ChartOption } from '../plot/chartOption.ts'
import { mapColor, mapColors, textOn } from './heatColors.ts'

interface Cell {
  readonly row: number
  readonly column: number
  readonly ratio: number
}

interface Rect {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Cells with a number; the diagonal, and what could not be computed, stay empty. */
export function matrixCells({ ratios }: DistanceMatrixChart): Cell[] {
  return ratios.flatMap((line, row) =>
    line.flatMap((ratio, column) => (row !== column && Number.isFinite(ratio) ? [{ row, column, ratio }] : [])),
  )
}

/** Ends of the colour map: round numbers around the ratios, always with 1 (as different as within one window) inside. */
export function matrixRange(cells: readonly Cell[]): [number, number] {
  const ratios = [1, ...cells.map(({ ratio }) => ratio)]
  const low = Math.floor(Math.min(...ratios) * 5) / 5
  return [low, Math.max(low + 0.4, Math.ceil(Math.max(...ratios) * 5) / 5)]
}

const labelledWindows = 12
const keyRoom = 52

function cellSeries(
  cells: readonly Cell[],
  [low, high]: readonly [number, number],
  frame: ChartFrame,
  count: number,
): CustomSeriesOption {
  return {
    type: 'custom',
    silent: true,
    animation: false,
    data: cells.map(({ row, column }) => [column, row]),
    renderItem: (params, api) => {
      const cell = cells[params.dataIndex]
      if (!cell) return null
      const [x = NaN, y = NaN] = api.coord([cell.column, cell.row])
      const size = api.size?.([1, 1])
      const [width = 0, height = 0] = Array.isArray(size) ? size : []
      const fill = mapColor(frame.theme, (cell.ratio - low) / (high - low))
      const rect = {
        type: 'rect' as const,
        shape: { x: x - width / 2 + 0.75, y: y - height / 2 + 0.75, width: width - 1.5, height: height - 1.5, r: 1 },
        style: { fill },
      }
      const isLabelled = count <= labelledWindows && width >= 19 && height >= 12
      const text = {
        type: 'text' as const,
        style: {
          text: formatFixed(cell.ratio, 1),
          x,
          y,
          align: 'center' as const,
          verticalAlign: 'middle' as const,
          font: `9.5px ${frame.theme.fontFamily}`,
          fill: textOn(fill),
        },
      }
      return { type: 'group', children: isLabelled ? [rect, text] : [rect] }
    },
  }
}

/** The colour key beside the matrix: a strip of 9 px with five labels. */
function keySeries([low, high]: readonly [number, number], frame: ChartFrame): CustomSeriesOption {
  const colors = mapColors(frame.theme)
  const stops = colors.map((color, index) => ({ offset: 1 - index / (colors.length - 1), color })).toReversed()
  return {
    type: 'custom',
    silent: true,
    animation: false,
    clip: false,
    data: [[0, 0]],
    renderItem: (params) => {
      // The coordinate system of a custom series on a grid carries the grid's rectangle.
      const plot = params.coordSys as unknown as Rect
      const x = plot.x + plot.width + 12
      const height = Math.min(plot.height, 150)
      const labels = [0, 0.25, 0.5, 0.75, 1].map((share) => ({
        type: 'text' as const,
        style: {
          text: formatFixed(high - (high - low) * share, 1),
          x: x + 15,
          y: plot.y + height * share,
          verticalAlign: 'middle' as const,
          font: `11px ${frame.theme.fontFamily}`,
          fill: frame.theme.colors['--chart-label'],
        },
      }))
      const strip = {
        type: 'rect' as const,
        shape: { x, y: plot.y, width: 9, height, r: 2 },
        style: {
          fill: { type: 'linear' as const, x: 0, y: 0, x2: 0, y2: 1, colorStops: stops },
          stroke: frame.theme.colors['--line-strong'],
          lineWidth: 1,
        },
      }
      return { type: 'group', children: [strip, ...labels] }
    },
  }
}

/** Distances between windows (or runs) as square cells, ratio to the distance within one. */
export function distanceMatrixOptions(chart: DistanceMatrixChart, frame: ChartFrame, unit = 'window'): ChartOption {
  const cells = matrixCells(chart)
  const range = matrixRange(cells)
  const names = chart.windows.map((_, index) => String(index + 1))
  const [left, top, bottom] = [36, 8, 38]
  const side = Math.min(frame.width - left - keyRoom - 8, (frame.height - top - bottom) * 1.4)
  return {
    animation: false,
    grid: { left, top, bottom, right: Math.max(keyRoom, frame.width - left - side) },
    xAxis: categoryAxis(names, frame.theme, { name: unit }),
    yAxis: categoryAxis(names, frame.theme, { inverse: true }),
    series: [cellSeries(cells, range, frame, names.length), keySeries(range, frame)],
  }
}
