import { driftTest } from '#core/diagnostics/checks/driftTest.ts'
import { drawSamples } from './calibrateSeries.ts'
import type { NullSeries } from './nullSeries.ts'
import { countEvents, type Rate } from './rates.ts'
import { driftMargins } from './seriesTests.ts'

/** How often "no drift" is established when the drift is exactly at the margin (an error, at most 5 %), and when there is none (wanted). */
export function calibrateEquivalence(
  law: NullSeries,
  { n, repetitions, deviation }: { n: number; repetitions: number; deviation: number },
): Rate[] {
  const samples = drawSamples(law, n, repetitions)
  const cases = [
    { row: 'drift at the margin', drift: driftMargins.ofFluctuation * deviation },
    { row: 'no drift', drift: 0 },
  ]
  return cases.map(({ row, drift }) =>
    countEvents(
      { table: 'equivalence', row, column: law.name, n },
      samples.map(({ values, isEnough }) =>
        isEnough
          ? driftTest(
              values.map((value, t) => value + (drift * t) / n),
              driftMargins,
            ).finding === 'none'
          : undefined,
      ),
    ),
  )
}
