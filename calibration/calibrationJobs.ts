import { calibrateEquivalence } from './calibrateEquivalence.ts'
import { calibratePower } from './calibratePower.ts'
import { calibrateGroups } from './calibrateGroups.ts'
import { calibrateRuns } from './calibrateRuns.ts'
import { calibrateSeeds } from './calibrateSeeds.ts'
import { calibrateSeries } from './calibrateSeries.ts'
import { calibrateUnitRoots } from './calibrateUnitRoots.ts'
import { classifyRuns, type KindVerdicts } from './classifyRuns.ts'
import { nullSeries, seriesLengths, type NullSeries } from './nullSeries.ts'
import type { Rate } from './rates.ts'
import { runKinds } from './runKinds.ts'
import { runLaws, type RunLaw } from './runLaws.ts'

export const workNames = ['series', 'runs', 'walks', 'groups', 'seeds', 'equivalence', 'power', 'verdicts'] as const
export type WorkName = (typeof workNames)[number]

/** One piece of the calibration, small enough to be given to a thread. `subject` names a law or a kind of run. */
export interface CalibrationJob {
  readonly work: WorkName
  readonly subject: string
  readonly n: number
  readonly repetitions: number
}

export type CalibrationResult = { readonly rates: readonly Rate[] } | { readonly verdicts: KindVerdicts }

/** How much is simulated. */
export interface CalibrationSize {
  readonly repetitions: number
  readonly seedRepetitions: number
  readonly powerRepetitions: number
  readonly runsPerKind: number
  readonly lengths: readonly number[]
  readonly laws: readonly NullSeries[]
  readonly runLaws: readonly RunLaw[]
}

export const fullSize: CalibrationSize = {
  repetitions: 400,
  seedRepetitions: 400,
  powerRepetitions: 200,
  runsPerKind: 50,
  lengths: seriesLengths,
  laws: nullSeries,
  runLaws,
}

export const quickSize: CalibrationSize = {
  repetitions: 100,
  seedRepetitions: 40,
  powerRepetitions: 40,
  runsPerKind: 5,
  lengths: [500, 2000],
  laws: nullSeries.filter(({ name }) => ['AR(1), φ = 0', 'AR(1), φ = 0.9', 'heavy ball, h = 1'].includes(name)),
  runLaws: runLaws.filter(({ name }) => ['SGD, φ = 0.9', 'heavy ball, 5 weights'].includes(name)),
}

/** Gaussian AR(1) laws, whose standard deviation is known: the others have no exact margin or effect size. */
const isGaussianAutoregression = ({ name }: NullSeries) => /^AR\(1\), φ = [\d.]+$/.test(name)

/** Laws for the comparison of runs, which takes four times as long. */
const isAcrossRuns = (law: NullSeries) => isGaussianAutoregression(law) || law.name === 'heavy ball, h = 1'

/** The whole work, the longest jobs first, so that the threads end together. */
export function calibrationJobs(size: CalibrationSize): CalibrationJob[] {
  const lengths = size.lengths.toSorted((a, b) => b - a)
  const overLaws = (work: WorkName, laws: readonly { readonly name: string }[], repetitions: number) =>
    lengths.flatMap((n) => laws.map(({ name }): CalibrationJob => ({ work, subject: name, n, repetitions })))
  const autoregressions = size.laws.filter(isGaussianAutoregression)
  return [
    ...overLaws('series', size.laws, size.repetitions),
    ...overLaws('runs', size.runLaws, size.repetitions),
    ...overLaws('walks', [{ name: 'random walks' }], size.repetitions),
    ...overLaws('groups', [{ name: 'experiments' }], size.repetitions),
    ...overLaws('seeds', size.laws.filter(isAcrossRuns), size.seedRepetitions),
    ...overLaws('power', autoregressions, size.powerRepetitions),
    ...runKinds.map(({ name }): CalibrationJob => ({
      work: 'verdicts',
      subject: name,
      n: 0,
      repetitions: size.runsPerKind,
    })),
    ...overLaws('equivalence', autoregressions, size.repetitions),
  ].toSorted((a, b) => b.n * b.repetitions - a.n * a.repetitions)
}

/** Does one job. @throws when its subject is unknown */
export function runCalibrationJob({ work, subject, n, repetitions }: CalibrationJob): CalibrationResult {
  if (work === 'verdicts') {
    const kind = runKinds.find(({ name }) => name === subject)
    if (!kind) throw new Error(`no kind of run ${subject}`)
    return { verdicts: classifyRuns(kind, repetitions) }
  }
  if (work === 'walks') return { rates: calibrateUnitRoots(n, repetitions) }
  if (work === 'groups') return { rates: calibrateGroups(n, repetitions) }
  if (work === 'runs') {
    const runLaw = runLaws.find(({ name }) => name === subject)
    if (!runLaw) throw new Error(`no law of runs ${subject}`)
    return { rates: calibrateRuns(runLaw, n, repetitions) }
  }
  const law = nullSeries.find(({ name }) => name === subject)
  if (!law) throw new Error(`no law ${subject}`)
  if (work === 'series') return { rates: calibrateSeries(law, n, repetitions) }
  if (work === 'seeds') return { rates: calibrateSeeds(law, n, repetitions) }
  const tau = law.autocorrelationTime
  // Var x = 1/(1 − φ²) with φ = (τ − 1)/(τ + 1).
  const deviation = 1 / Math.sqrt(1 - ((tau - 1) / (tau + 1)) ** 2)
  const options = { n, repetitions, deviation }
  return { rates: work === 'power' ? calibratePower(law, options) : calibrateEquivalence(law, options) }
}
