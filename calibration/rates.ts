/** How often something happened in one cell of a calibration table. */
export interface Rate {
  readonly table: TableId
  /** The test or interval. */
  readonly row: string
  /** The law of the series, or the change in it. */
  readonly column: string
  /** Points of a series. */
  readonly n: number
  readonly repetitions: number
  /** Repetitions in which the diagnostic did not say "not enough samples". */
  readonly judged: number
  /** Judged repetitions in which it happened: at nominal 5 %, and at 1 % where that was counted. */
  readonly hits: number
  readonly hitsAtOne?: number
}

export const tableIds = ['false-alarms', 'coverage', 'intervals', 'equivalence', 'power', 'information'] as const
export type TableId = (typeof tableIds)[number]

/** What one repetition says: undefined for "not enough samples", else a p-value. */
export type Outcome = number | undefined

const nominal = 0.05
const strict = 0.01

/** Counts p-values at or below 5 % and 1 % among the judged ones. */
export function countRate(place: Pick<Rate, 'table' | 'row' | 'column' | 'n'>, outcomes: readonly Outcome[]): Rate {
  const judged = outcomes.filter((p) => p !== undefined)
  return {
    ...place,
    repetitions: outcomes.length,
    judged: judged.length,
    hits: judged.filter((p) => p <= nominal).length,
    hitsAtOne: judged.filter((p) => p <= strict).length,
  }
}

/** Counts how often an event was seen, as a p-value of 0 or 1. */
export function countEvents(
  place: Pick<Rate, 'table' | 'row' | 'column' | 'n'>,
  events: readonly (boolean | undefined)[],
): Rate {
  const judged = events.filter((event) => event !== undefined)
  return { ...place, repetitions: events.length, judged: judged.length, hits: judged.filter(Boolean).length }
}
