import { formatCount, formatInteger } from '#core/format/formatCount.ts'
import { formatExact } from '#core/format/formatExact.ts'
import { formatNumber } from '#core/format/formatNumber.ts'
import { formatAgo, formatDuration } from '#core/format/formatQuantity.ts'
import { metricTitle } from '#core/format/metricTitles.ts'
import { leadingValue, type LeadingField } from '#core/runs/leadingValue.ts'
import { seedOf } from '#core/runs/runGroups.ts'
import { settingsOf } from '#core/runs/settingsOf.ts'
import type { ConfigValue, RunRow } from '#shared/run.ts'

/** How a cell is drawn. `metric` has a sparkline beside its last value. */
export type CellKind = 'name' | 'verdict' | 'status' | 'tags' | 'text' | 'number' | 'metric'

export interface RunColumn {
  id: string
  kind: CellKind
  /** Heading; quantities are set in the math face. */
  title: string
  /** Tooltip of the heading. */
  description: string
  /** Heading in the list of columns. */
  section: 'Run' | 'Metrics' | 'Config'
  width: number
  /** The engine's name of the column to sort by; null when it cannot be sorted. */
  sortColumn: string | null
  /** The metric that the column is of; null where runs have it by different names, and for all that is no metric. */
  metric: string | null
  /** The metric behind the cell of a run, which is its tooltip and, in a column of metrics, drawn as a sparkline. */
  metricOf: (run: RunRow) => string | null
  /** Number behind the cell, for the summary of a group; NaN when there is none. */
  numberOf: (run: RunRow) => number
  /** Text of the cell; empty when there is nothing to say. */
  textOf: (run: RunRow, nowMs: number) => string
}

type ColumnParts = Pick<RunColumn, 'id' | 'kind' | 'title'> & Partial<RunColumn>

function column(parts: ColumnParts): RunColumn {
  return {
    description: '',
    section: 'Run',
    width: 80,
    sortColumn: parts.id,
    metric: null,
    metricOf: () => null,
    numberOf: () => Number.NaN,
    textOf: () => '',
    ...parts,
  }
}

/** How long a run took, or takes so far. */
function elapsedMs(run: RunRow, nowMs: number): number | null {
  if (run.startedAtMs === null) return null
  const end = run.endedAtMs ?? (run.status === 'running' ? nowMs : run.heartbeatAtMs)
  return end === null ? null : Math.max(0, end - run.startedAtMs)
}

export const runColumns: readonly RunColumn[] = [
  column({ id: 'name', kind: 'name', title: 'Run', width: 176, textOf: (run) => run.name }),
  column({ id: 'verdict', kind: 'verdict', title: 'Verdict', width: 168, textOf: (run) => run.verdict?.id ?? '' }),
  column({ id: 'status', kind: 'status', title: 'Status', width: 92, textOf: (run) => run.status }),
  column({
    id: 'seed',
    kind: 'number',
    title: 'seed',
    width: 50,
    numberOf: (run) => seedOf(run) ?? Number.NaN,
    textOf: (run) => String(seedOf(run) ?? ''),
  }),
  column({
    id: 'steps',
    kind: 'number',
    title: 'steps',
    width: 70,
    numberOf: (run) => run.steps,
    textOf: (run) => formatInteger(run.steps),
  }),
  column({
    id: 'createdAtMs',
    kind: 'number',
    title: 'created',
    description: 'When the run was made',
    width: 104,
    textOf: (run, nowMs) => formatAgo(run.createdAtMs, nowMs),
  }),
  column({
    id: 'duration',
    kind: 'number',
    title: 'duration',
    width: 96,
    sortColumn: null,
    textOf: (run, nowMs) => (run.startedAtMs === null ? '' : formatDuration(elapsedMs(run, nowMs))),
  }),
  column({
    id: 'pointCount',
    kind: 'number',
    title: 'points',
    description: 'Points kept',
    width: 76,
    textOf: (run) => formatCount(run.pointCount),
  }),
  column({ id: 'source', kind: 'text', title: 'source', width: 84, textOf: (run) => run.source }),
  column({
    id: 'tags',
    kind: 'tags',
    title: 'Tags',
    width: 140,
    sortColumn: null,
    textOf: (run) => run.tags.join(', '),
  }),
  column({ id: 'notes', kind: 'text', title: 'Note', width: 220, sortColumn: null, textOf: (run) => run.notes }),
]

/** Headings of well-known keys, short enough for a narrow column. */
const shortKeys: Record<string, string> = {
  learning_rate: 'lr',
  momentum: 'μ',
  weight_decay: 'decay',
  label_noise: 'noise',
  batch_size: 'batch',
  train_count: 'examples',
}

export function configText(value: ConfigValue | undefined): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'number' ? formatExact(value) : String(value)
}

/** A column for a key of the configuration; keys of text alone are wider and stand left. */
export function configColumn(key: string, runs: readonly RunRow[]): RunColumn {
  const values = runs.flatMap((run) => settingsOf(run)[key] ?? [])
  const isText = values.length > 0 && values.every((value) => typeof value === 'string')
  const longest = Math.max(0, ...runs.slice(0, 200).map((run) => configText(settingsOf(run)[key]).length))
  const title = shortKeys[key] ?? key.split('.').at(-1) ?? key
  const characters = Math.max(longest, title.length)
  return column({
    id: `config.${key}`,
    kind: isText ? 'text' : 'number',
    title,
    description: `config.${key}`,
    section: 'Config',
    width: Math.min(130, Math.max(48, 20 + 7.4 * characters)),
    numberOf: (run) => Number(settingsOf(run)[key] ?? Number.NaN),
    textOf: (run) => configText(settingsOf(run)[key]),
  })
}

/** A column with the sparkline and the last value of a metric. */
export function metricColumn(name: string): RunColumn {
  const { title, symbol } = metricTitle(name)
  return column({
    id: `metrics."${name}".last`,
    kind: 'metric',
    title: symbol === '' || title === name ? title : symbol,
    description: title === name ? name : `${title}: ${name}`,
    section: 'Metrics',
    width: sparklineWidth,
    metric: name,
    metricOf: (run) => (Object.hasOwn(run.metrics, name) ? name : null),
    numberOf: (run) => run.metrics[name]?.last ?? Number.NaN,
    textOf: (run) => metricText(run, name),
  })
}

interface LeadingLook {
  kind: 'metric' | 'number'
  title: string
  quantity: string
  width: number
}

const sparklineWidth = 148
/** Padding, sparkline and gap of a cell; what is left is the number's. */
const besideNumber = 94

const leadingLooks: Readonly<Record<LeadingField, LeadingLook>> = {
  loss: { kind: 'metric', title: 'Loss', quantity: 'The loss', width: sparklineWidth },
  gradient_norm: { kind: 'metric', title: '‖∇f‖', quantity: 'Norm of the full gradient', width: sparklineWidth },
  gradient_noise: {
    kind: 'number',
    title: '√tr Σ',
    quantity: 'Gradient noise: root of the trace of the covariance of a batch gradient',
    width: 80,
  },
  sharpness: {
    kind: 'number',
    title: 'λ_max',
    quantity: 'Sharpness: the largest eigenvalue of the Hessian',
    width: 70,
  },
}

/** One column for what runs recorded by different names: of each run the last value of the metric that plays the role. */
export function leadingColumn(field: LeadingField, runs: readonly RunRow[]): RunColumn {
  const { quantity, width, ...look } = leadingLooks[field]
  const found = runs.flatMap((run) => leadingValue(run, field) ?? [])
  const names = [...new Set(found.map(({ metric, isRoot }) => (isRoot ? `√ of ${metric}` : metric)))]
  const longest = Math.max(0, ...found.slice(0, 200).map(({ last }) => formatNumber(last).length))
  return column({
    ...look,
    id: field,
    description: `${quantity}: ${names.join(', ')}`,
    section: 'Metrics',
    width: look.kind === 'metric' ? Math.max(width, besideNumber + 6.6 * longest) : width,
    metricOf: (run) => leadingValue(run, field)?.metric ?? null,
    numberOf: (run) => leadingValue(run, field)?.last ?? Number.NaN,
    textOf: (run) => {
      const last = leadingValue(run, field)?.last
      return last === undefined ? '' : formatNumber(last)
    },
  })
}

function metricText(run: RunRow, name: string): string {
  const summary = run.metrics[name]
  return summary === undefined || summary.count === 0 ? '' : formatNumber(summary.last)
}
