import type {
  CustomSeriesOption,
  GridComponentOption,
  LineSeriesOption,
  MarkAreaComponentOption,
  MarkLineComponentOption,
  ScatterSeriesOption,
} from 'echarts'
import type { ComposeOption } from 'echarts/core'
import type { ChartTheme } from './chartTheme.ts'

export type ChartSeries = LineSeriesOption | ScatterSeriesOption | CustomSeriesOption

/** Options with exactly the parts that `echartsParts.ts` registers. */
export type ChartOption = ComposeOption<
  ChartSeries | GridComponentOption | MarkLineComponentOption | MarkAreaComponentOption
>

/** What a drawing depends on besides its data. */
export interface ChartFrame {
  readonly theme: ChartTheme
  readonly width: number
  readonly height: number
}

export type ChartBuilder = (frame: ChartFrame) => ChartOption

/** How many ticks fit: one per 90 px across, one per 48 px upwards, within 3 to 6. */
export function tickCounts(frame: ChartFrame): { x: number; y: number } {
  const within = (count: number): number => Math.max(3, Math.min(6, Math.round(count)))
  return { x: within(frame.width / 90), y: within(frame.height / 48) }
}
