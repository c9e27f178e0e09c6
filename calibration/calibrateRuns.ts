import { deriveRoles } from '#core/diagnostics/observables/deriveRoles.ts'
import { diagnoseSampleSize } from '#core/diagnostics/checks/samples/sampleSize.ts'
import { createRandomGenerator } from '#core/random/randomGenerator.ts'
import { seedOf } from './calibrateSeries.ts'
import { countEvents, type Rate } from './rates.ts'
import { runCalls } from './runCalls.ts'
import { shownIntervals } from './runIntervals.ts'
import type { RunLaw } from './runLaws.ts'
import { contextOfRun } from './seriesContext.ts'

/** Ends that are the truth up to rounding count as covering it. */
const rounding = 1e-9

/** Coverage of the intervals that one run shows, and how often calls are wrong that are made of one, on a law whose moments are known. */
export function calibrateRuns(law: RunLaw, n: number, repetitions: number): Rate[] {
  const truths = law.truths(n)
  const intervals = shownIntervals.flatMap(({ diagnose, intervals: shown }) => {
    const rows = Object.entries(shown).filter(([name]) => truths[name] !== undefined)
    return rows.length > 0 ? [{ diagnose, rows }] : []
  })
  const calls = runCalls.filter(({ isAsked }) => isAsked(law, n))
  const events = new Map<string, (boolean | undefined)[]>()
  const note = (name: string, event: boolean | undefined) => events.set(name, [...(events.get(name) ?? []), event])
  for (let i = 0; i < repetitions; i += 1) {
    const context = contextOfRun(deriveRoles(law.simulate(n, createRandomGenerator(seedOf(i)))))
    const isJudged = law.isMoving === true || diagnoseSampleSize(context).verdict !== 'fail'
    for (const { diagnose, rows } of intervals) {
      const result = isJudged ? diagnose(context) : undefined
      for (const [name, read] of rows) note(name, result && covers(read(result), truths[name] ?? Number.NaN))
    }
    for (const { name, isCalled } of calls) note(name, isJudged ? isCalled(context) : undefined)
  }
  const place = { column: law.name, n }
  return [...events].map(([row, seen]) => countEvents({ ...place, table: tableOf(row), row }, seen))
}

/** Undefined where no interval was shown. */
function covers({ low, high }: { low: number; high: number }, truth: number): boolean | undefined {
  if (!Number.isFinite(high - low)) return undefined
  const slack = rounding * Math.max(Math.abs(low), Math.abs(high))
  return low - slack <= truth && truth <= high + slack
}

/** Some intervals are too wide by construction, and calls have no level. */
function tableOf(row: string): Rate['table'] {
  return tooWide.has(row) || runCalls.some(({ name }) => name === row) ? 'information' : 'intervals'
}

/** Those of sums that telescope, and of a growth whose prediction comes from the same steps. */
const tooWide = new Set([
  'sum of both terms per step',
  'SASA',
  'SASA+',
  'norm equilibrium',
  'growth of the norm over its prediction',
])
