import { drawSamples } from './calibrateSeries.ts'
import type { NullSeries } from './nullSeries.ts'
import { countRate, type Rate } from './rates.ts'
import { driftOutcome, halvesOutcome, sampleOf } from './seriesTests.ts'

/** What happens to the second half of a series: it moves by so many standard deviations, or is stretched. */
export interface Change {
  readonly name: string
  readonly shift: number
  readonly scale: number
}

export const changes: readonly Change[] = [
  ...[0.25, 0.5, 1].map((shift) => ({ name: `mean + ${shift} sd`, shift, scale: 1 })),
  ...[1.25, 1.5, 2].map((scale) => ({ name: `sd × ${scale}`, shift: 0, scale })),
]

/** How often each test at 5 % sees a change in the second half. */
export function calibratePower(
  law: NullSeries,
  { n, repetitions, deviation }: { n: number; repetitions: number; deviation: number },
): Rate[] {
  const samples = drawSamples(law, n, repetitions)
  return changes.flatMap(({ name, shift, scale }) => {
    const changed = samples.map(({ values, seed }) =>
      sampleOf(
        values.map((value, t) => (t < n / 2 ? value : law.mean + scale * (value - law.mean) + shift * deviation)),
        seed,
      ),
    )
    const place = { table: 'power' as const, column: `${law.name}; ${name}`, n }
    return [
      countRate({ ...place, row: 'halves, permutation of 20 blocks' }, changed.map(halvesOutcome)),
      countRate({ ...place, row: 'drift test' }, changed.map(driftOutcome)),
    ]
  })
}
