import { inWords } from '#core/format/inWords.ts'
import { basename } from 'node:path'
import { rolesOfMetric } from '#core/runs/rolesOfMetric.ts'
import { formatCounted, formatInteger } from '#core/format/formatCount.ts'
import { formatNumber } from '#core/format/formatNumber.ts'
import { runFileName } from '#engine/runfile/runFileFormat.ts'
import type { ConfigValue, MetricInfo, MetricSummary } from '#shared/run.ts'
import { givenName, markup, type Markup } from './markup.ts'
import type { ReportData, ReportedRun } from './reportData.ts'
import { utcText } from './utcText.ts'

/** Metrics without a role are listed up to here: a stranger's run may have thousands. */
const otherMetricLimit = 20

/** Where the numbers come from, and how to get them again. */
export function provenanceSection(data: ReportData): Markup {
  return markup`<section id="provenance">
    <h2>Data and reproduction</h2>
    <p>
      Written ${utcText(data.writtenAtMs)} by Ergoscope ${data.programVersion}, method ${data.methodVersion}. The same
      runs, margins and method give the same numbers: nothing random is unseeded. In the folder that holds the runs:
    </p>
    <pre class="command">${data.command}</pre>
    ${data.runs.map(runProvenance)}
  </section>`
}

function runProvenance({ detail, checksum }: ReportedRun): Markup {
  const { run } = detail
  const facts: [string, Markup | string][] = [
    ['Id', markup`<code>${run.id}</code>`],
    ['Folder', markup`<code>${basename(run.path)}</code>`],
    ['Origin', `${run.source}, ${utcText(run.createdAtMs)}`],
    ['Status', [run.status, run.statusDetail].filter((text) => text !== '').join(': ')],
    ['Recorded', `${formatCounted(run.steps, 'step')}, ${formatCounted(run.pointCount, 'point')}`],
    ...(run.seed === null ? [] : [['Seed', String(run.seed)] satisfies [string, string]]),
    ...(detail.attempts > 1
      ? [['Attempts', `${detail.attempts}; of repeated steps the last is judged`] satisfies [string, string]]
      : []),
    [
      'Programs',
      Object.entries(detail.versions)
        .map(([program, version]) => `${program} ${version}`)
        .join(', '),
    ],
    [
      `SHA-256 of ${runFileName}`,
      checksum === null
        ? 'none: when the report was written, the run had not ended, or a part of it was in the log beside its file'
        : markup`<code>${checksum}</code>`,
    ],
  ]
  return markup`<h3>Run ${givenName(run.name)}</h3>
    <dl class="facts">
      ${facts.filter(([, fact]) => fact !== '').map(([term, fact]) => markup`<dt>${term}</dt><dd>${fact}</dd>`)}
    </dl>
    ${metricsTable(detail.metrics, run.metrics)} ${configTable(run.config)}
    ${
      detail.recipeYaml === null
        ? null
        : markup`<details>
            <summary>Recipe</summary>
            <pre>${detail.recipeYaml}</pre>
          </details>`
    }`
}

function metricsTable(metrics: readonly MetricInfo[], summaries: ReportedRun['detail']['run']['metrics']): Markup {
  const withRole = metrics.filter((metric) => rolesOfMetric(metric).length > 0)
  const others = metrics.filter((metric) => rolesOfMetric(metric).length === 0)
  const listed = [...withRole, ...others.slice(0, otherMetricLimit)]
  const left = others.length - otherMetricLimit
  return markup`<details>
    <summary>Recorded series (${metrics.length})</summary>
    <table class="data">
      <thead><tr>${metricColumns.map((title) => markup`<th>${title}`)}
      <tbody>${listed.map((metric) => metricRow(metric, summaries[metric.name]))}
    </table>
    ${left > 0 ? markup`<p class="note">and ${formatCounted(left, 'more series', 'more series')} without a role</p>` : null}
  </details>`
}

const metricColumns = ['Series', 'Role', 'Points', 'Not finite', 'Last step', 'Smallest', 'Largest', 'Last']

function metricRow(metric: MetricInfo, summary: MetricSummary | undefined): Markup {
  const cells = summary
    ? [
        formatInteger(summary.count),
        formatInteger(summary.nonFiniteCount),
        formatInteger(summary.lastStep),
        formatNumber(summary.min),
        formatNumber(summary.max),
        formatNumber(summary.last),
      ]
    : [`vector of ${formatInteger(metric.dimension)}`]
  return markup`<tr><th scope="row">${givenName(metric.name)}<td>${inWords(rolesOfMetric(metric).join(', '))}${cells.map((cell) => markup`<td>${cell}`)}`
}

function configTable(config: Readonly<Record<string, ConfigValue>>): Markup | null {
  const entries = Object.entries(config).toSorted(([a], [b]) => a.localeCompare(b))
  if (entries.length === 0) return null
  return markup`<details>
    <summary>Configuration (${entries.length} values)</summary>
    <table class="data">
      <tbody>
        ${entries.map(([key, value]) => markup`<tr><th scope="row">${givenName(key)}<td>${String(value)}`)}
    </table>
  </details>`
}
