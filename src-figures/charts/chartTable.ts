import type { DiagnosticChart } from '#core/diagnostics/results/diagnosticResult.ts'

/** Names, or numbers of a chart, side by side. */
export type ChartRow = readonly (string | number)[]

const field = (value: string | number): string => {
  const text = String(value)
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** The numbers that a chart draws, below a line of their names. */
export function chartRows(chart: DiagnosticChart): ChartRow[] {
  switch (chart.kind) {
    case 'trend':
      return chart.floor.length === 0
        ? [['step', 'batch_mean'], ...chart.steps.map((step, i) => [step, chart.values[i] ?? NaN])]
        : [
            ['step', 'batch_mean', 'noise_floor'],
            ...chart.steps.map((step, i) => [step, chart.values[i] ?? NaN, chart.floor[i] ?? NaN]),
          ]
    case 'window-quantiles':
      return [
        ['from', 'to', 'p5', 'q1', 'median', 'q3', 'p95'],
        ...chart.windows.map((w) => [w.from, w.to, w.p5, w.q1, w.median, w.q3, w.p95]),
      ]
    case 'distance-matrix':
      return [
        ['from', 'to', 'other_from', 'other_to', 'ratio'],
        ...chart.windows.flatMap((one, i) =>
          chart.windows.map((other, j) => [one.from, one.to, other.from, other.to, chart.ratios[i]?.[j] ?? NaN]),
        ),
      ]
    case 'forest':
      return [
        ['row', 'estimate', 'low', 'high'],
        ...chart.rows.map((row) => [row.label, row.estimate, row.low, row.high]),
      ]
    case 'threshold':
      return [
        ['step', 'value', 'error', 'threshold'],
        ...chart.steps.map((step, i) => [step, chart.values[i] ?? NaN, chart.errors[i] ?? NaN, chart.threshold]),
      ]
    case 'lag':
      return [
        ['curve', 'lag', 'value'],
        ...chart.curves.flatMap((curve) => curve.lags.map((lag, i) => [curve.label, lag, curve.values[i] ?? NaN])),
      ]
    case 'curve':
      return [
        ['curve', 'x', 'y', 'low', 'high'],
        ...chart.curves.flatMap((curve) =>
          curve.x.map((x, i) => [curve.label, x, curve.y[i] ?? NaN, curve.low[i] ?? NaN, curve.high[i] ?? NaN]),
        ),
      ]
    case 'spectrum':
      return [['period', 'share'], ...chart.frequencies.map((frequency, i) => [1 / frequency, chart.shares[i] ?? NaN])]
  }
}

/** The numbers that a chart draws, as CSV with a head line. */
export function chartTable(chart: DiagnosticChart): string {
  return csvText(chartRows(chart))
}

/** Rows as CSV; names that hold a comma, a quote or a line end are quoted. */
export function csvText(rows: readonly ChartRow[]): string {
  return `${rows.map((row) => row.map(field).join(',')).join('\n')}\n`
}
