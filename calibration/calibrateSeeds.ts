import { compareLaws } from '#core/diagnostics/acrossRuns/compareLaws.ts'
import { defaultMargins } from '#core/diagnostics/results/margins.ts'
import { createRandomGenerator } from '#core/random/randomGenerator.ts'
import { seedOf } from './calibrateSeries.ts'
import type { NullSeries } from './nullSeries.ts'
import { countEvents, countRate, type Rate } from './rates.ts'

const runCount = 4

/** False-alarm rates of the comparison of four runs of one law: R̂ beyond its scatter at 5 %, and the pairing of half runs. */
export function calibrateSeeds(law: NullSeries, n: number, repetitions: number): Rate[] {
  const comparisons = Array.from({ length: repetitions }, (_, i) => {
    const random = createRandomGenerator(seedOf(i))
    const runs = Array.from({ length: runCount }, () => [law.simulate(n, random)])
    const options = {
      significance: 0.05,
      minimumEffectiveSampleSize: defaultMargins.minimumEffectiveSampleSize,
      seed: seedOf(i),
    }
    return compareLaws(runs, options)
  })
  const isEnough = ({ effectiveSampleSize }: (typeof comparisons)[number]) =>
    effectiveSampleSize >= defaultMargins.minimumEffectiveSampleSize
  const place = { column: law.name, n }
  return [
    countEvents(
      { ...place, table: 'false-alarms', row: 'R̂ of 4 runs beyond its scatter' },
      comparisons.map((one) => (isEnough(one) ? one.rhat > one.rhatScatter : undefined)),
    ),
    countRate(
      { ...place, table: 'information', row: 'pairing of half runs, 4 runs' },
      comparisons.map((one) => (isEnough(one) ? one.distances.p : undefined)),
    ),
  ]
}
