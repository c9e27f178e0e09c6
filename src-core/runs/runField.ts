import type { ConfigValue, RunRow } from '#shared/run.ts'
import { leadingFields, leadingValue } from './leadingValue.ts'
import { seedOf } from './runGroups.ts'
import { settingsOf } from './settingsOf.ts'

/** What a field can hold; undefined when a run does not have it. */
export type FieldValue = ConfigValue | readonly string[] | undefined

export interface RunField {
  /** A moment in milliseconds since 1970, which a filter may also write as a date. */
  readonly isTime: boolean
  readonly read: (row: RunRow) => FieldValue
}

type Read = RunField['read']

const plainFields: Record<string, Read> = {
  id: (row) => row.id,
  name: (row) => row.name,
  group: (row) => row.group ?? undefined,
  tag: (row) => row.tags,
  notes: (row) => row.notes,
  source: (row) => row.source,
  status: (row) => row.status,
  seed: (row) => seedOf(row) ?? undefined,
  steps: (row) => row.steps,
  planned_steps: (row) => row.plannedSteps ?? undefined,
  points: (row) => row.pointCount,
  verdict: (row) => row.verdict?.id,
  path: (row) => row.path,
  ...Object.fromEntries(leadingFields.map((field): [string, Read] => [field, (row) => leadingValue(row, field)?.last])),
}

const timeFields: Record<string, Read> = {
  created: (row) => row.createdAtMs,
  started: (row) => row.startedAtMs ?? undefined,
  ended: (row) => row.endedAtMs ?? undefined,
}

/** Names of the row's own columns, as the table sorts by them. */
const aliases: Record<string, string> = {
  createdAtMs: 'created',
  startedAtMs: 'started',
  endedAtMs: 'ended',
  pointCount: 'points',
  plannedSteps: 'planned_steps',
  tags: 'tag',
}

const aggregates = ['last', 'min', 'max', 'count'] as const

/** What a message may offer in place of an unknown field. */
export const fieldNames: readonly string[] = [
  ...Object.keys(plainFields),
  ...Object.keys(timeFields),
  'config.KEY',
  `metrics."NAME".${aggregates.join('|')}`,
]

function metricField(segments: readonly string[]): RunField | null {
  const aggregate = aggregates.find((name) => name === segments.at(-1))
  const metric = segments.slice(0, -1).join('.')
  if (!aggregate || metric === '') return null
  return {
    isTime: false,
    read: (row) => (Object.hasOwn(row.metrics, metric) ? row.metrics[metric]?.[aggregate] : undefined),
  }
}

/** The field that a dotted path names, e.g. `['config', 'learning_rate']`; null when there is no such field. */
export function runField(segments: readonly string[]): RunField | null {
  const [first = '', ...rest] = segments
  if (first === 'config' && rest.length > 0) {
    const key = rest.join('.')
    return { isTime: false, read: (row) => readSetting(row, key) }
  }
  if (first === 'metrics') return metricField(rest)
  if (rest.length > 0) return null
  const name = Object.hasOwn(aliases, first) ? (aliases[first] ?? first) : first
  const isTime = Object.hasOwn(timeFields, name)
  const read = isTime ? timeFields[name] : Object.hasOwn(plainFields, name) ? plainFields[name] : undefined
  return read ? { isTime, read } : null
}

function readSetting(row: RunRow, key: string): FieldValue {
  const settings = settingsOf(row)
  return Object.hasOwn(settings, key) ? settings[key] : undefined
}

/** Splits `metrics."probe/gradient_norm".last` at the dots outside quotes. Null when a quote does not end. */
export function splitFieldPath(text: string): string[] | null {
  const segments = [...text.matchAll(/"([^"]*)"|[^."]+/g)].map((match) => match[1] ?? match[0])
  return (text.match(/"/g)?.length ?? 0) % 2 === 0 ? segments : null
}
