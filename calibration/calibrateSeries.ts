import { createRandomGenerator } from '#core/random/randomGenerator.ts'
import type { NullSeries } from './nullSeries.ts'
import { countEvents, countRate, type Rate } from './rates.ts'
import { seriesIntervals } from './seriesIntervals.ts'
import { sampleOf, seriesTests, type Sample } from './seriesTests.ts'

/** Seeds of repetitions; apart from those that a diagnosis uses. */
export const seedOf = (repetition: number) => 100_003 + 7919 * repetition

/** Samples of a stationary law, one per repetition. */
export function drawSamples(law: NullSeries, n: number, repetitions: number): Sample[] {
  return Array.from({ length: repetitions }, (_, i) =>
    sampleOf(law.simulate(n, createRandomGenerator(seedOf(i))), seedOf(i)),
  )
}

/** False-alarm rate of every test and coverage of every interval on one stationary law. */
export function calibrateSeries(law: NullSeries, n: number, repetitions: number): Rate[] {
  const samples = drawSamples(law, n, repetitions)
  const place = { column: law.name, n }
  const tests = seriesTests
    .filter(({ needsReversible }) => !needsReversible || law.isReversible)
    .map(({ name, isDeciding, test }) =>
      countRate({ ...place, table: isDeciding ? 'false-alarms' : 'information', row: name }, samples.map(test)),
    )
  const intervals = seriesIntervals.map(({ name, isDeciding, covers }) =>
    countEvents(
      { ...place, table: isDeciding ? 'coverage' : 'information', row: name },
      samples.map((sample) => covers(sample, law)),
    ),
  )
  return [...tests, ...intervals]
}
