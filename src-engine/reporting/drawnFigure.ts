import type { ChartBuilder } from '#figures/plot/chartOption.ts'
import { toErrorReport } from '#shared/errors.ts'
import { markup, trusted, type Markup } from './markup.ts'
import { svgOfChart } from './svgOfChart.ts'

/** Two stand side by side on A4. */
export const figureSize = { width: 388, height: 236 } as const

/** The drawing of a figure; where it fails, why: the rest of the report, and the numbers of the figure, do not depend on it. */
export function drawnFigure(build: ChartBuilder): Markup {
  try {
    return trusted(svgOfChart(build, figureSize))
  } catch (cause) {
    return markup`<p class="undrawn">This figure could not be drawn: ${toErrorReport(cause).message}. Its numbers are complete.</p>`
  }
}
