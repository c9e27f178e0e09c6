import { linkState } from '#core/diagnostics/verdict/linkState.ts'
import { chartDrawing, drawnText, startsLogarithmic } from '#figures/charts/chartDrawing.ts'
import { chartNotes } from '#figures/charts/chartNotes.ts'
import { chartRows, type ChartRow } from '#figures/charts/chartTable.ts'
import { chartTitle } from '#figures/charts/chartTitle.ts'
import { contextOfChart, type ShownSegment } from '#figures/charts/contextOfChart.ts'
import type { ChartContext } from '#figures/charts/chartContext.ts'
import { elementId, type ChartedDiagnostic } from '#figures/charts/diagnosticPanels.ts'
import type { ColorToken } from '#figures/plot/chartTheme.ts'
import { lightTokens } from '#figures/plot/lightTokens.ts'
import { linePlotOptions } from '#figures/plot/linePlotOptions.ts'
import type { LineDash } from '#figures/plot/runStyle.ts'
import { chartLine } from '#figures/reading/chartLine.ts'
import { readings } from '#figures/reading/readings.ts'
import { drawnFigure } from './drawnFigure.ts'
import { markup, type Markup } from './markup.ts'
import { checkMark, lineSwatch, quantities } from './marks.ts'

interface LegendEntry {
  readonly label: string
  readonly value: string
  readonly color: ColorToken
  readonly dash: LineDash
}

/** A chart of the page as a figure: drawn, titled, read, and with its numbers to copy. */
export function figure(
  panel: ChartedDiagnostic,
  shown: ShownSegment,
  { id, number }: { id: string; number: number },
): Markup {
  const { chart, result } = panel
  const context = contextOfChart(panel, shown)
  const { title, definition } = chartTitle(chart, result)
  // Of several charts of a diagnostic the first says what it found.
  const isFirst = panel.elementId === elementId(result.id)
  return markup`<figure id="${id}">
    <div class="plot" role="img" aria-label="${title}. ${result.summary}">${drawn(panel, context)}</div>
    <figcaption>
      <p>
        <b>Figure ${number}. ${quantities(title)}</b
        >${definition === '' ? null : markup` <span class="quiet">${quantities(definition)}</span>`}
        <span class="quiet">(${drawnText(chart, result, context)})</span>.
        ${quantities(isFirst ? `${result.summary} ${chartLine(chart, result)}` : chartLine(chart, result))}
        ${readings[result.id] ? markup`<a href="#read-${result.id}">How to read this</a>` : null}
      </p>
      ${legend(panel, context)}
      ${isFirst ? markup`<p class="reason">${checkMark(linkState(result, shown.segment.verdict))} ${quantities(result.reason)}</p>` : null}
    </figcaption>
    ${numbersOf(chartRows(chart))}
  </figure>`
}

function drawn({ chart }: ChartedDiagnostic, context: Omit<ChartContext, 'isLogarithmic'>): Markup {
  const drawing = chartDrawing(chart, { ...context, isLogarithmic: startsLogarithmic(chart) ?? false })
  return drawnFigure(drawing.kind === 'lines' ? (frame) => linePlotOptions(drawing.plot, frame) : drawing.build)
}

function legend({ chart, result }: ChartedDiagnostic, context: Omit<ChartContext, 'isLogarithmic'>): Markup | null {
  const notes: readonly LegendEntry[] = chartNotes(chart, result, context.color)
  const runs = [context, ...context.companions].map(({ runName, color }): LegendEntry => ({
    label: runName,
    value: '',
    color,
    dash: 'solid',
  }))
  // The rows of a forest are named already.
  const entries = [...(runs.length > 1 && chart.kind !== 'forest' ? runs : []), ...notes]
  if (entries.length === 0) return null
  return markup`<p class="legend">
    ${entries.map(
      ({ label, value, color, dash }) =>
        markup`<span
          >${lineSwatch(lightTokens[color], dash)}
          <bdi>${quantities(label)}</bdi>${value === '' ? null : markup`, ${value}`}</span> `,
    )}
  </p>`
}

/** All digits, as they are to be copied. End tags that HTML does not need are left out: these tables are most of a report. */
export function numbersOf([head = [], ...rows]: readonly ChartRow[]): Markup {
  return markup`<details>
    <summary>Numbers (${rows.length} rows)</summary>
    <div class="wide"><table class="data"><thead><tr>${head.map((cell) => markup`<th>${cell}`)}
    <tbody>${rows.map((row) => markup`<tr>${row.map((cell) => markup`<td>${cell}`)}`)}</table></div>
  </details>`
}
