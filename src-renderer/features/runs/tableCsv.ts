import { settingsOf } from '#core/runs/settingsOf.ts'
import type { RunRow } from '#shared/run.ts'

/** A field of a CSV file; one that a spreadsheet would take for a formula gets an apostrophe, numbers stay as they are. */
function field(value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined) return ''
  if (typeof value !== 'string') return String(value)
  const harmless = /^[=+\-@\t]/.test(value) && Number.isNaN(Number(value)) ? `'${value}` : value
  return /[",\n\r]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

/** The runs as a CSV file, exact numbers: identity, status, verdict, every key of the configuration, and last, min and max of every metric. */
export function tableCsv(runs: readonly RunRow[]): string {
  const keys = [...new Set(runs.flatMap((run) => Object.keys(settingsOf(run))))].toSorted()
  const metrics = [...new Set(runs.flatMap((run) => Object.keys(run.metrics)))].toSorted()
  const header = [
    'id',
    'name',
    'group',
    'status',
    'verdict',
    'steps',
    ...keys.map((key) => `config.${key}`),
    ...metrics.flatMap((name) => [`${name}.last`, `${name}.min`, `${name}.max`]),
  ]
  const lines = runs.map((run) => [
    run.id,
    run.name,
    run.group,
    run.status,
    run.verdict?.id,
    run.steps,
    ...keys.map((key) => settingsOf(run)[key]),
    ...metrics.flatMap((name) => [run.metrics[name]?.last, run.metrics[name]?.min, run.metrics[name]?.max]),
  ])
  return [header, ...lines].map((line) => `${line.map(field).join(',')}\r\n`).join('')
}
