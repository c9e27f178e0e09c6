import { cursorReadings } from '../../charts/cursorReadings.ts'
import type { PlotLine } from '#figures/plot/plotLine.ts'
import type { CompareLines } from './compareLines.ts'

function newest(line: PlotLine): number | undefined {
  if (line.latest !== undefined) return line.latest
  for (let i = line.y.length - 1; i >= 0; i--) if (Number.isFinite(line.y[i])) return line.y[i]
  return undefined
}

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
