import { verdictIds } from '#core/diagnostics/verdict/verdictTypes.ts'
import { binomialInterval } from '#core/statistics/binomialInterval.ts'
import type { CalibrationSize, WorkName } from './calibrationJobs.ts'
import { introduction, notes, shownIntervalsTable } from './calibrationTexts.ts'
import type { KindVerdicts } from './classifyRuns.ts'
import { coverageGoal, errorGoal, goalState, levelGoal, shareOf, type Goal } from './goals.ts'
import type { Rate, TableId } from './rates.ts'

export interface CalibrationNumbers {
  readonly rates: readonly (Rate & { readonly work: WorkName })[]
  readonly verdicts: readonly KindVerdicts[]
  /** Of the diagnostics that each part was measured with. */
  readonly methodVersions: Readonly<Partial<Record<WorkName, number>>>
  readonly size: CalibrationSize
}

/** The page docs/calibration.md: every number from `numbers`, every judgement from `goals.ts`. */
export function calibrationPage(numbers: CalibrationNumbers): string {
  const { rates, verdicts } = numbers
  const parts = [
    introduction(numbers),
    '## Summary',
    summary(rates, verdicts),
    '## Where the goal is missed, and why',
    notes.missed,
    '## False alarms',
    notes.falseAlarms,
    ...rateTables(rates, 'false-alarms'),
    '## Coverage',
    notes.coverage,
    ...rateTables(rates, 'coverage'),
    '## Intervals of a run',
    notes.intervals,
    ...intervalTables(rates),
    '### Every interval that is shown',
    notes.shown,
    table(shownIntervalsTable[0] ?? [], shownIntervalsTable.slice(1)),
    '## Equivalence',
    notes.equivalence,
    ...rateTables(rates, 'equivalence'),
    '## Power',
    notes.power,
    powerTable(rates),
    '## Verdicts',
    notes.verdicts,
    confusionMatrix(verdicts),
    wrongVerdicts(verdicts),
    '## Tests that inform',
    notes.information,
    ...rateTables(rates, 'information'),
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

const percent = (share: number) => (Number.isNaN(share) ? '–' : (100 * share).toFixed(1))

function goalOf({ table, row }: Rate): Goal | undefined {
  if (table === 'coverage' || table === 'intervals') return coverageGoal
  if (row.includes('called')) return errorGoal
  if (table === 'equivalence') return row === 'no drift' ? undefined : { low: 0, high: levelGoal.high }
  return table === 'false-alarms' ? levelGoal : undefined
}

/** The share in %, marked: * near the goal, ** outside; in brackets where the diagnostic mostly says "not enough samples". */
function cell(rate: Rate | undefined): string {
  if (!rate) return '–'
  if (rate.judged === 0) return 'not enough'
  const goal = goalOf(rate)
  const text = percent(shareOf(rate))
  const state = goal ? goalState(rate, goal) : rate.judged < rate.repetitions / 2 ? 'few' : 'met'
  if (state === 'few') return `(${text}; ${percent(rate.judged / rate.repetitions)} judged)`
  return state === 'met' ? text : state === 'near' ? `${text}*` : `**${text}**`
}

const table = (header: readonly string[], rows: readonly (readonly string[])[]) =>
  [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)]

/** One table per row name: laws down, lengths across. */
function rateTables(rates: readonly Rate[], id: TableId): string[] {
  const chosen = rates.filter((rate) => rate.table === id)
  const lengths = distinct(chosen.map(({ n }) => n)).toSorted((a, b) => a - b)
  return distinct(chosen.map(({ row }) => row)).map((row) => {
    const own = chosen.filter((rate) => rate.row === row)
    const columns = distinct(own.map(({ column }) => column))
    const find = (column: string, n: number) => own.find((rate) => rate.column === column && rate.n === n)
    const hasStrict =
      id === 'false-alarms' && own.some(({ hitsAtOne }) => hitsAtOne !== undefined) && !row.includes('called')
    const text = (rate: Rate | undefined) =>
      rate && hasStrict && rate.judged > 0
        ? `${cell(rate)} / ${percent((rate.hitsAtOne ?? Number.NaN) / rate.judged)}`
        : cell(rate)
    return `**${row}**, %\n\n${table(
      ['series', ...lengths.map((n) => `n = ${n}`)],
      columns.map((column) => [column, ...lengths.map((n) => text(find(column, n)))]),
    )}`
  })
}

/** One table per length: intervals down, laws across. */
function intervalTables(rates: readonly Rate[]): string[] {
  const chosen = rates.filter((rate) => rate.table === 'intervals')
  const lengths = distinct(chosen.map(({ n }) => n)).toSorted((a, b) => a - b)
  return lengths.map((n) => {
    const own = chosen.filter((rate) => rate.n === n)
    const columns = distinct(own.map(({ column }) => column))
    const rows = distinct(own.map(({ row }) => row)).map((row) => [
      row,
      ...columns.map((column) => cell(own.find((rate) => rate.row === row && rate.column === column))),
    ])
    return `**n = ${n}**, %\n\n${table(['interval', ...columns], rows)}`
  })
}

function powerTable(rates: readonly Rate[]): string {
  const chosen = rates.filter((rate) => rate.table === 'power')
  const rows = distinct(chosen.map(({ row }) => row))
  const lengths = distinct(chosen.map(({ n }) => n)).toSorted((a, b) => a - b)
  return table(
    ['series; change in the second half', ...lengths.flatMap((n) => rows.map((row) => `${row}, n = ${n}`))],
    distinct(chosen.map(({ column }) => column)).map((column) => [
      column,
      ...lengths.flatMap((n) =>
        rows.map((row) => cell(chosen.find((rate) => rate.column === column && rate.n === n && rate.row === row))),
      ),
    ]),
  )
}

function summary(rates: readonly Rate[], verdicts: readonly KindVerdicts[]): string {
  const judged = rates.flatMap((rate) => {
    const goal = rate.table === 'power' || rate.table === 'information' ? undefined : goalOf(rate)
    return goal ? [{ rate, state: goalState(rate, goal) }] : []
  })
  const groups = distinct(judged.map(({ rate }) => `${rate.table}|${rate.row}`))
  const rows = groups.map((group) => {
    const own = judged.filter(({ rate }) => `${rate.table}|${rate.row}` === group)
    const amount = (state: string) => String(own.filter((one) => one.state === state).length)
    const [id = '', row = ''] = group.split('|')
    return [id, row, amount('met'), amount('near'), amount('missed'), amount('few')]
  })
  const total = verdicts.reduce((sum, kind) => sum + Object.values(kind.counts).reduce((a, b) => a + b, 0), 0)
  const wrong = verdicts.reduce((sum, { wrong: list }) => sum + list.length, 0)
  const { low, high } = binomialInterval(wrong, total)
  return `${table(['table', 'test or interval', 'cells that meet the goal', 'near it', 'outside', '"not enough samples"'], rows)}

Wrong confident verdicts: ${wrong} of ${total} simulated runs (${percent(wrong / total)} %, 95 % interval ${percent(low)} to ${percent(high)} %).`
}

function confusionMatrix(verdicts: readonly KindVerdicts[]): string {
  const used = verdictIds.filter((id) => verdicts.some(({ counts }) => counts[id] !== undefined))
  return table(
    ['kind of run', ...used.map((id) => id.replaceAll('-', ' '))],
    verdicts.map(({ name, truth, counts }) => [
      name,
      ...used.map((id) => {
        const count = counts[id]
        if (count === undefined) return ''
        return truth.includes(id) ? `**${count}**` : String(count)
      }),
    ]),
  )
}

function wrongVerdicts(verdicts: readonly KindVerdicts[]): string {
  const wrong = verdicts.flatMap(({ name, wrong: list }) => list.map((line) => `- ${name}, ${line}`))
  return wrong.length === 0 ? 'No verdict was wrong.' : `Every wrong verdict:\n\n${wrong.join('\n')}`
}
