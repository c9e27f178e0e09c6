import type { Hyperparameters, RunObservables, ScalarSeries, SegmentRange } from './observables.ts'

/** A stretch that is judged on its own. */
export interface JudgedRange extends SegmentRange {
  /** False where the learning rate changes all the time. */
  readonly isConstant: boolean
  /** Whether it changes and has fallen to next to nothing at the end: only then the noise goes to zero with it. Default false. */
  readonly isDecaying?: boolean
}

/** Relative change of the learning rate below which it is the same number, written with other digits. */
const sameLearningRate = 1e-9
/** Stretches shorter than this share of the run, several in a row, are a schedule that changes all the time. */
const shortShare = 0.03
const shortCountOfSchedule = 3
/** The last share of a schedule, and the share of its largest learning rate that is left there, on average, of one that decays. */
const endShare = 0.05
export const leftShare = 0.05

/**
 * The ranges of steps that are judged separately: those given, else the constant stretches of the `learning_rate` series, else the whole run.
 * Three or more short stretches in a row are joined into one range marked as not constant.
 *
 * @param range first and last recorded step of the run
 */
export function findSegments(observables: RunObservables, range: { from: number; to: number }): JudgedRange[] {
  const given =
    observables.segments ?? segmentsOfLearningRate(observables.scalars.learning_rate, observables.config, range)
  const inside = given.filter((segment) => segment.from <= range.to && segment.to >= range.from)
  const ranges = inside.map((segment) => ({
    ...segment,
    from: Math.max(segment.from, range.from),
    to: Math.min(segment.to, range.to),
    hyperparameters: { ...observables.config, ...segment.hyperparameters },
  }))
  return joinSchedules(ranges.length > 0 ? ranges : [{ ...range, hyperparameters: observables.config }], range)
}

/** Constant stretches of a learning-rate series; the whole range when there is none. A stretch ends where the next begins. */
export function segmentsOfLearningRate(
  series: ScalarSeries | undefined,
  config: Hyperparameters,
  range: { from: number; to: number },
): SegmentRange[] {
  if (!series || series.steps.length === 0) return [{ ...range, hyperparameters: config }]
  const starts: { step: number; learningRate: number }[] = []
  series.steps.forEach((step, i) => {
    const learningRate = series.values[i] ?? Number.NaN
    const current = starts.at(-1)?.learningRate ?? Number.NaN
    if (!(Math.abs(learningRate - current) <= sameLearningRate * Math.abs(current))) starts.push({ step, learningRate })
  })
  return starts.map(({ step, learningRate }, i) => ({
    from: i === 0 ? range.from : step,
    to: (starts[i + 1]?.step ?? range.to + 1) - 1,
    hyperparameters: { ...config, learningRate },
  }))
}

function joinSchedules(segments: readonly SegmentRange[], range: { from: number; to: number }): JudgedRange[] {
  const limit = shortShare * (range.to - range.from + 1)
  const isShort = (segment: SegmentRange) => segment.to - segment.from + 1 < limit
  const joined: JudgedRange[] = []
  for (let start = 0; start < segments.length;) {
    let end = start
    while (end < segments.length && isShort(segments[end] ?? { ...range, hyperparameters: {} })) end += 1
    const run = segments.slice(start, end)
    if (run.length >= shortCountOfSchedule) joined.push(joinRun(run))
    else joined.push(...run.map((segment) => ({ ...segment, isConstant: true })))
    const next = segments[end]
    if (next) joined.push({ ...next, isConstant: true })
    start = end + 1
  }
  return joined
}

function joinRun(run: readonly SegmentRange[]): JudgedRange {
  const first = run[0]
  const last = run.at(-1)
  const { learningRate: _changing, ...others } = last?.hyperparameters ?? {}
  return {
    from: first?.from ?? 0,
    to: last?.to ?? 0,
    hyperparameters: others,
    isConstant: false,
    isDecaying: decays(run),
  }
}

function decays(run: readonly SegmentRange[]): boolean {
  const end = (run.at(-1)?.to ?? Number.NaN) + 1
  const start = end - endShare * (end - (run[0]?.from ?? Number.NaN))
  const rateOf = ({ hyperparameters }: SegmentRange) => hyperparameters.learningRate ?? Number.NaN
  const sum = run.reduce((part, segment) => {
    const length = Math.max(0, segment.to + 1 - Math.max(start, segment.from))
    return part + (length > 0 ? length * rateOf(segment) : 0)
  }, 0)
  return sum / (end - start) <= leftShare * Math.max(...run.map(rateOf))
}

/** Segments long enough to carry the verdict of the run: at least 5 % of its steps, or the longest. */
export function mainSegments<T extends { readonly from: number; readonly to: number }>(segments: readonly T[]): T[] {
  const length = (segment: T) => segment.to - segment.from + 1
  const total = segments.reduce((sum, segment) => sum + length(segment), 0)
  const long = segments.filter((segment) => length(segment) >= 0.05 * total)
  return long.length > 0 ? long : [...segments].sort((a, b) => length(b) - length(a)).slice(0, 1)
}
