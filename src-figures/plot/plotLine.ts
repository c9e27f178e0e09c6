import type { ColorToken } from './chartTheme.ts'
import type { LineDash } from './runStyle.ts'

/** One curve with what lies behind it; all arrays have the length of `x`, which ascends. */
export interface PlotLine {
  readonly id: string
  readonly label: string
  readonly color: ColorToken
  readonly dash?: LineDash
  readonly x: ArrayLike<number>
  readonly y: ArrayLike<number>
  /** The newest recorded value, where `y` ends with the mean of a bucket. */
  readonly latest?: number
  /** Every point as it was logged, drawn faintly behind a smoothed line. */
  readonly raw?: ArrayLike<number>
  /** A filled band behind the line: min–max of the buckets, or the spread over seeds. */
  readonly low?: ArrayLike<number>
  readonly high?: ArrayLike<number>
  /** Half-widths of error bars. */
  readonly errors?: ArrayLike<number>
  readonly width?: number
  readonly alpha?: number
  /** Positions where the line is interrupted: an average never runs across a change of the learning rate. */
  readonly breaks?: readonly number[]
  /** Points marked one by one; by default where there are few. */
  readonly hasSymbols?: boolean
  /** A dot at the newest point of a run that is still training. */
  readonly hasTail?: boolean
}
