import { cursorReadings } from '../../charts/cursorReadings.ts'
import type { PlotLine } from '#figures/plot/plotLine.ts'
import type { CompareLines } from './compareLines.ts'

/** Also where it is NaN: a run that ended so is not shown by a number from before. */
const newest = (line: PlotLine): number | undefined => line.latest ?? line.y[line.y.length - 1]

/** The value of every line and every run at the cursor; without a cursor the newest. Lines without a point there are missing. */
export function trayValues(content: CompareLines | undefined, x: number | null): Map<string, number> {
  const lines = content ? [...content.lines, ...content.runLines.values()] : []
  if (x !== null) return new Map(cursorReadings(lines, x).map(({ line, value }) => [line.id, value]))
  return new Map(
    lines.flatMap((line) => {
      const value = newest(line)
      return value === undefined ? [] : [[line.id, value] as const]
    }),
  )
}
