import { nearestIndex } from '#core/series/nearestIndex.ts'
import type { PlotLine } from '#figures/plot/plotLine.ts'

/** What a line shows nearest to the cursor. */
export interface CursorReading {
  readonly line: PlotLine
  readonly x: number
  readonly value: number
}

/** One reading per line that has a point near `x`: within its own range, widened by two of its point distances at the ends. */
export function cursorReadings(lines: readonly PlotLine[], x: number): CursorReading[] {
  return lines.flatMap((line) => {
    const count = line.x.length
    const index = nearestIndex(line.x, x)
    if (index < 0) return []
    const first = line.x[0] ?? NaN
    const last = line.x[count - 1] ?? NaN
    const slack = count > 1 ? (2 * (last - first)) / (count - 1) : Math.abs(first) * 0.05
    if (x < first - slack || x > last + slack) return []
    return [{ line, x: line.x[index] ?? NaN, value: line.y[index] ?? NaN }]
  })
}

/** Nearest to the pointer's height first; what is not finite comes last. */
export function nearestFirst(
  readings: readonly CursorReading[],
  pixelOf: (reading: CursorReading) => number,
  pointerY: number,
): CursorReading[] {
  const distance = (reading: CursorReading): number => {
    const pixel = pixelOf(reading)
    return Number.isFinite(pixel) ? Math.abs(pixel - pointerY) : Infinity
  }
  return [...readings].sort((a, b) => distance(a) - distance(b))
}

/** The next position that any line has, before or after `x`; `x` itself when there is none. */
export function neighbouringPosition(lines: readonly PlotLine[], x: number, direction: 1 | -1): number {
  let best = direction * Infinity
  for (const line of lines) {
    for (let i = 0; i < line.x.length; i++) {
      const at = line.x[i] ?? NaN
      if (direction > 0 ? at > x && at < best : at < x && at > best) best = at
    }
  }
  return Number.isFinite(best) ? best : x
}
