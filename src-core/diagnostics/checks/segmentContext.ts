import { batchMeansAutocorrelationTime, conservativeAutocorrelationTime } from '../../statistics/autocorrelationTime.ts'
import type { DiagnosticMargins } from '../results/margins.ts'
import type { RunObservables, ScalarRole, ScalarSeries, VectorRole, VectorSeries } from '../observables/observables.ts'
import { scalarRoles, vectorRoles } from '../observables/observables.ts'
import { primarySeries, type ObservableKind } from '../observables/primarySeries.ts'
import { samplingOf, type Sampling } from '../observables/sampling.ts'
import type { JudgedRange } from '../observables/segments.ts'
import { component, everyNth, oddStride, sliceSeries, sliceVectorSeries, thinRows } from '../observables/seriesRange.ts'
import { findTransientEnd } from './transient.ts'
import { mapWeightGroups } from '../observables/weightGroups.ts'

/** A scalar series inside the judged part of a segment. */
export interface JudgedScalar {
  readonly name: string
  readonly kind: ObservableKind
  readonly steps: Float64Array
  readonly values: Float64Array
  readonly sampling: Sampling
  /** In recorded points; NaN for a series that does not vary. */
  readonly autocorrelationTime: number
  readonly effectiveSampleSize: number
}

/** The components of a vector series inside the judged part, thinned to at most `vectorRowLimit` rows. */
export interface JudgedVector {
  readonly name: string
  readonly kind: 'weights' | 'function-outputs'
  readonly stepsPerRow: number
  readonly sampling: Sampling
  readonly components: readonly Float64Array[]
  /** Longest among the components, in rows. */
  readonly autocorrelationTime: number
}

/** Everything that the diagnostics of one segment read. */
export interface SegmentContext {
  readonly range: JudgedRange
  readonly margins: DiagnosticMargins
  readonly seed: number
  /** The whole run, and the segment including its transient. */
  readonly run: RunObservables
  readonly segment: RunObservables
  readonly judged: RunObservables
  readonly transientEnd: number
  readonly scalars: readonly JudgedScalar[]
  readonly vectors: readonly JudgedVector[]
  /** The series whose sample size decides whether a verdict can be given. */
  readonly gating: readonly JudgedScalar[]
}

const vectorRowLimit = 4096
/** Sokal's estimate is made for the slowest components only; the others are shorter by batch means. */
const slowComponentCount = 3

/** Cuts the run to a segment, drops its transient, and measures the correlation of what remains. */
export function createSegmentContext(
  run: RunObservables,
  range: JudgedRange,
  margins: DiagnosticMargins,
  seed: number,
): SegmentContext {
  const segment = cutObservables(run, range.from, range.to)
  const transientEnd = findTransientEnd(segment, range, margins)
  const judged = cutObservables(segment, transientEnd, range.to)
  const vectors = judgeVectors(judged)
  const scalars = judgeScalars(judged)
  return {
    range,
    margins,
    seed,
    run,
    segment,
    judged,
    transientEnd,
    scalars,
    vectors,
    gating: chooseGating(judged, scalars, vectors),
  }
}

/** Every series cut to from ≤ step ≤ to, as views. */
export function cutObservables(run: RunObservables, from: number, to: number): RunObservables {
  const scalars: { [Role in ScalarRole]?: ScalarSeries } = {}
  for (const role of scalarRoles) {
    const series = run.scalars[role]
    if (series) scalars[role] = sliceSeries(series, from, to)
  }
  const vectors: { [Role in VectorRole]?: VectorSeries } = {}
  for (const role of vectorRoles) {
    const series = run.vectors[role]
    if (series) vectors[role] = sliceVectorSeries(series, from, to)
  }
  return {
    ...run,
    scalars,
    vectors,
    others: run.others.map(({ name, series }) => ({ name, series: sliceSeries(series, from, to) })),
    ...(run.weightGroups && {
      weightGroups: mapWeightGroups(run.weightGroups, (series) => sliceSeries(series, from, to)),
    }),
  }
}

function judgeScalars(judged: RunObservables): JudgedScalar[] {
  return primarySeries(judged).map(({ name, kind, series }) => judgeScalar(name, kind, series.steps, series.values))
}

function judgeScalar(name: string, kind: ObservableKind, steps: Float64Array, values: Float64Array): JudgedScalar {
  const autocorrelationTime = conservativeAutocorrelationTime(values)
  const effectiveSampleSize = values.length / autocorrelationTime
  return { name, kind, steps, values, sampling: samplingOf(steps), autocorrelationTime, effectiveSampleSize }
}

function judgeVectors(judged: RunObservables): JudgedVector[] {
  const { weights, function_outputs } = judged.vectors
  return [
    { name: 'weights', kind: 'weights' as const, series: weights },
    { name: 'function outputs', kind: 'function-outputs' as const, series: function_outputs },
  ].flatMap(({ name, kind, series }) => (series && series.steps.length > 1 ? [judgeVector(name, kind, series)] : []))
}

function judgeVector(name: string, kind: JudgedVector['kind'], series: VectorSeries): JudgedVector {
  const rows = thinRows(series, vectorRowLimit)
  const sampling = samplingOf(rows.steps)
  const components = Array.from({ length: rows.dimension }, (_, k) => component(rows, k))
  return {
    name,
    kind,
    stepsPerRow: sampling.spacing,
    sampling,
    components,
    autocorrelationTime: slowestTime(components),
  }
}

function slowestTime(components: readonly Float64Array[]): number {
  const slowest = components
    .map((values) => ({ values, time: batchMeansAutocorrelationTime(values) }))
    .filter(({ time }) => Number.isFinite(time))
    .sort((a, b) => b.time - a.time)
    .slice(0, slowComponentCount)
  return slowest.length === 0
    ? Number.NaN
    : Math.max(...slowest.map(({ values }) => conservativeAutocorrelationTime(values)))
}

/** A batch loss is correlated otherwise than the run: it counts only when nothing else was recorded. */
function chooseGating(
  judged: RunObservables,
  scalars: readonly JudgedScalar[],
  vectors: readonly JudgedVector[],
): JudgedScalar[] {
  const isFullLoss = judged.lossSource !== 'batch'
  const functionLevel = scalars.filter(({ kind }) => kind === 'gap' || (kind === 'loss' && isFullLoss))
  if (functionLevel.length > 0) return functionLevel
  const weights = judged.vectors.weights
  const vector = vectors.find(({ kind }) => kind === 'weights') ?? vectors[0]
  if (vector && weights) return vector.components.slice(0, 16).map((values, k) => thinnedComponent(weights, values, k))
  return [...scalars]
}

function thinnedComponent(weights: VectorSeries, values: Float64Array, k: number): JudgedScalar {
  const stride = oddStride(weights.steps.length, vectorRowLimit)
  return judgeScalar(`weights ${k + 1}`, 'weights', everyNth(weights.steps, stride).subarray(0, values.length), values)
}
