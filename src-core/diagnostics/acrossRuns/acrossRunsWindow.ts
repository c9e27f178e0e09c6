import type { DiagnosedSeed } from './acrossRunsTypes.ts'
import { deriveRoles } from '../observables/deriveRoles.ts'
import type { ScalarSeries, VectorSeries } from '../observables/observables.ts'
import { primarySeries } from '../observables/primarySeries.ts'
import { cutObservables } from '../checks/segmentContext.ts'
import { mainSegments } from '../observables/segments.ts'
import { component, everyNth } from '../observables/seriesRange.ts'
import { thinLongSeries } from '../observables/thinLongSeries.ts'
import type { SegmentDiagnosis } from '../verdict/verdictTypes.ts'

/** One observable of all runs, `[run][component]`, all of one length. */
export interface AlignedObservable {
  readonly observable: string
  readonly isDeciding: boolean
  readonly runs: readonly (readonly Float64Array[])[]
}

/** Values of one vector observable of a run that are compared; rows beyond are thinned evenly, never below `fewestRows`. */
const vectorValueLimit = 262_144
const fewestRows = 4096
const fewestPoints = 8
const rolesByKind = { loss: 'loss', gap: 'gradient_norm_squared', 'weight-norm': 'weight_norm_squared' } as const

/** The segment that carries the verdict of a run; undefined when nothing was judged. */
export function lastMainSegment({ diagnosis }: DiagnosedSeed): SegmentDiagnosis | undefined {
  return mainSegments(diagnosis.segments).at(-1)
}

/** The steps in which every run is judged; NaN when there are none. */
export function commonWindow(seeds: readonly DiagnosedSeed[]): { from: number; to: number } {
  const segments = seeds.map(lastMainSegment)
  const from = Math.max(...segments.map((segment) => segment?.transientEnd ?? Number.NaN))
  const to = Math.min(...segments.map((segment) => segment?.to ?? Number.NaN))
  return from <= to ? { from, to } : { from: Number.NaN, to: Number.NaN }
}

/** The observables that all runs recorded inside the window, each cut to the length of the shortest from its end. */
export function alignObservables(
  seeds: readonly DiagnosedSeed[],
  window: { from: number; to: number },
): AlignedObservable[] {
  const recorded = seeds.map(({ observables }) => componentsByName(observables, window))
  const isFunctionLevel = (name: string) => name !== 'weights'
  const names = [...(recorded[0]?.keys() ?? [])].filter((name) => recorded.every((run) => run.has(name)))
  const hasFunctionLevel = names.some(isFunctionLevel)
  return names.flatMap((observable) => {
    const runs = recorded.map((run) => run.get(observable) ?? [])
    const length = Math.min(...runs.map((components) => components[0]?.length ?? 0))
    const dimensions = new Set(runs.map((components) => components.length))
    if (length < fewestPoints || dimensions.size > 1) return []
    const aligned = runs.map((components) => components.map((values) => values.subarray(values.length - length)))
    return [{ observable, isDeciding: isFunctionLevel(observable) || !hasFunctionLevel, runs: aligned }]
  })
}

function componentsByName(
  observables: DiagnosedSeed['observables'],
  { from, to }: { from: number; to: number },
): Map<string, Float64Array[]> {
  const run = thinLongSeries(cutObservables(deriveRoles(observables), from, to))
  const scalars = primarySeries(run).map(({ name, kind, series }): [string, ScalarSeries] => [
    kind in rolesByKind ? rolesByKind[kind as keyof typeof rolesByKind] : name, // `in` has just said so
    series,
  ])
  const { weights, function_outputs } = run.vectors
  const vectors = Object.entries({ weights, function_outputs }).flatMap(([name, series]): [string, VectorSeries][] =>
    series && series.steps.length > 0 ? [[name, series]] : [],
  )
  return new Map([
    ...scalars.map(([name, series]): [string, Float64Array[]] => [name, [series.values]]),
    ...vectors.map(([name, series]): [string, Float64Array[]] => [name, thinnedComponents(series)]),
  ])
}

function thinnedComponents(series: VectorSeries): Float64Array[] {
  const rowLimit = Math.max(fewestRows, Math.floor(vectorValueLimit / series.dimension))
  const stride = Math.max(1, Math.ceil(series.steps.length / rowLimit))
  return Array.from({ length: series.dimension }, (_, k) => everyNth(component(series, k), stride))
}
