import type { DiagnosedSeed } from '#core/diagnostics/acrossRuns/acrossRunsTypes.ts'
import { diagnoseRun } from '#core/diagnostics/diagnoseRun.ts'
import { defaultMargins } from '#core/diagnostics/results/margins.ts'
import { scalingChecks } from '#core/diagnostics/acrossRuns/scalingChecks.ts'
import { createRandomGenerator } from '#core/random/randomGenerator.ts'
import { conservativeAutocorrelationTime } from '#core/statistics/autocorrelationTime.ts'
import { wasserstein1 } from '#core/statistics/distances.ts'
import { groupPermutationTest } from '#core/statistics/groupPermutationTest.ts'
import { seedOf } from './calibrateSeries.ts'
import { autoregression } from './nullSeries.ts'
import { countEvents, countRate, type Rate } from './rates.ts'
import { observablesFromColumns } from './simulations.ts'

/** ‖∇f‖² of SGD on ½θ² at learning rate η, up to the scale of the noise: its mean is η/(2 − η). */
function gapOfRun(eta: number, n: number, seed: number): Float64Array {
  return autoregression(n, 1 - eta, createRandomGenerator(seed)).map((value) => (eta * value) ** 2)
}

const phi = 0.9
/** Runs of an experiment: 126 partitions; of 4 + 4 runs there are 35, and no level between 1/35 = 2.9 % and 5.7 %. */
const permutedSize = 5

/** Experiments of several runs each: the permutation test over runs of one law, and the interval of a ratio between two learning rates. */
export function calibrateGroups(n: number, repetitions: number): Rate[] {
  const place = { column: `loss, θ AR(1), φ = ${phi}`, n }
  const each = <T>(of: (i: number) => T) => Array.from({ length: repetitions }, (_, i) => of(i))
  return [
    countRate(
      { ...place, table: 'false-alarms', row: `permutation of ${permutedSize} + ${permutedSize} runs` },
      each((i) => permuteRuns(permutedSize, n, i)),
    ),
    ...[1, 4].map((size) =>
      countEvents(
        { ...place, table: 'intervals', row: `ratio of ‖∇f‖² at η and 2η, ${size} + ${size} runs` },
        each((i) => coversRatio(size, n, i)),
      ),
    ),
  ]
}

/** A seed of its own for each run of each repetition. */
const runSeed = (repetition: number, run: number) => seedOf(repetition) + 104_729 * (run + 1)

function permuteRuns(size: number, n: number, repetition: number): number {
  const runs = Array.from({ length: 2 * size }, (_, run) => gapOfRun(1 - phi, n, runSeed(repetition, run)))
  const below = runs.map((a, i) => runs.slice(0, i).map((b) => wasserstein1(a, b)))
  const distances = runs.map((_, i) => runs.map((__, j) => below[Math.max(i, j)]?.[Math.min(i, j)] ?? 0))
  const groups = runs.map((_, run) => (run < size ? 0 : 1))
  return groupPermutationTest(distances, groups, seedOf(repetition)).p
}

function coversRatio(size: number, n: number, repetition: number): boolean | undefined {
  const rates = [1 - phi, 2 * (1 - phi)]
  const runs = rates.flatMap((eta, k) =>
    Array.from({ length: size }, (_, run) => ({ eta, values: gapOfRun(eta, n, runSeed(repetition, k * size + run)) })),
  )
  const { minimumEffectiveSampleSize } = defaultMargins
  if (runs.some(({ values }) => n / conservativeAutocorrelationTime(values) < minimumEffectiveSampleSize))
    return undefined
  const experiments = rates.map((eta, k) => ({
    label: `learning_rate ${eta}`,
    settings: { learning_rate: eta },
    members: Array.from({ length: size }, (_, run) => k * size + run),
  }))
  const aligned = [{ observable: 'gradient_norm_squared', isDeciding: true, runs: runs.map(({ values }) => [values]) }]
  const [check] = scalingChecks(
    runs.map(({ eta }) => seedAt(eta)),
    experiments,
    aligned,
    [],
  ).scaling
  const truth = exactMean(rates[1] ?? Number.NaN) / exactMean(rates[0] ?? Number.NaN)
  return check && check.low <= truth && truth <= check.high
}

const exactMean = (eta: number) => eta / (2 - eta)

/** A run of which only the learning rate is read. */
function seedAt(learningRate: number): DiagnosedSeed {
  const observables = observablesFromColumns({}, {}, { learningRate })
  return { observables, diagnosis: diagnoseRun(observables) }
}
