import { augmentedDickeyFuller } from '#core/statistics/augmentedDickeyFuller.ts'
import { createRandomGenerator, type RandomGenerator } from '#core/random/randomGenerator.ts'
import { seedOf } from './calibrateSeries.ts'
import { studentT } from './nullSeries.ts'
import { countRate, type Rate } from './rates.ts'

const lag = 10

/** Walks, for the test whose null hypothesis is one. */
const walks: readonly { readonly name: string; readonly step: (random: RandomGenerator) => () => number }[] = [
  { name: 'random walk', step: (random) => () => random.normal() },
  { name: 'random walk, steps Student t(3)', step: (random) => () => studentT(random, 3) },
  {
    name: 'random walk, steps AR(1), φ = 0.5',
    step: (random) => {
      let state = 0
      return () => (state = 0.5 * state + random.normal())
    },
  },
]

/** How often the augmented Dickey-Fuller test finds a walk to be none. */
export function calibrateUnitRoots(n: number, repetitions: number): Rate[] {
  return walks.map(({ name, step }) => {
    const outcomes = Array.from({ length: repetitions }, (_, i) => {
      const next = step(createRandomGenerator(seedOf(i)))
      let place = 0
      return augmentedDickeyFuller(
        Float64Array.from({ length: n }, () => (place += next())),
        lag,
      ).p
    })
    return countRate({ table: 'information', row: 'ADF, 10 lags (null: walk)', column: name, n }, outcomes)
  })
}
