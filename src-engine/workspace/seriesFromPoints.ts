import { ema } from '#core/series/ema.ts'
import { geometricEma } from '#core/series/geometricEma.ts'
import { envelope } from '#core/series/envelope.ts'
import type { RunReader, ScalarSeries } from '#engine/runfile/runFile.ts'
import type { Series, SeriesRequest, Smoothing } from '#shared/contract/series.ts'
import { nonFinitePoints } from './nonFinitePoints.ts'
import type { SeriesAxis } from './seriesAxis.ts'
import type { SeriesCache } from './seriesCache.ts'

/** What `Series` says about the points themselves. */
export type SeriesDrawing = Pick<
  Series,
  'kind' | 'pointCount' | 'x' | 'steps' | 'min' | 'max' | 'mean' | 'last' | 'counts' | 'smoothed' | 'nonFinite'
>

interface PlacedPoints extends ScalarSeries {
  x: Float64Array
  smoothed: Float64Array | null
}

/** Index of the first element that is at least `bound`. */
function lowerBound(sorted: Float64Array, bound: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? Infinity) < bound) low = middle + 1
    else high = middle
  }
  return low
}

function smooth(reader: RunReader, { steps, values }: ScalarSeries, smoothing: Smoothing): Float64Array {
  const restarts = reader.segments().map(({ from }) => lowerBound(steps, from))
  return (smoothing.geometric ? geometricEma : ema)(values, smoothing.weight, restarts)
}

/** Points whose position is known. */
function keepPlaced(points: PlacedPoints): PlacedPoints {
  if (!points.x.some(Number.isNaN)) return points
  const isPlaced = (_value: number, index: number): boolean => !Number.isNaN(points.x[index])
  return {
    steps: points.steps.filter(isPlaced),
    values: points.values.filter(isPlaced),
    smoothed: points.smoothed?.filter(isPlaced) ?? null,
    x: points.x.filter((x) => !Number.isNaN(x)),
  }
}

/** Smoothing sees the whole series, so that the curve does not change with the range that is looked at. */
function placedPoints(reader: RunReader, cache: SeriesCache, axis: SeriesAxis, request: SeriesRequest): PlacedPoints {
  const whole = cache.scalars(reader, request.metric)
  const smoothed = request.smoothing ? smooth(reader, whole, request.smoothing) : null
  const from = lowerBound(whole.steps, request.from ?? -Infinity)
  const to = request.to === undefined ? whole.steps.length : lowerBound(whole.steps, Math.floor(request.to) + 1)
  const steps = whole.steps.subarray(from, to)
  const x = axis.kind === 'scaled' ? steps.map((step) => step / axis.stepsPerUnit) : axis.positionsOf(steps)
  return keepPlaced({
    steps,
    values: whole.values.subarray(from, to),
    x,
    smoothed: smoothed?.subarray(from, to) ?? null,
  })
}

function drawPoints({ x, steps, values, smoothed }: PlacedPoints): SeriesDrawing {
  const finite = values.map((value) => (Number.isFinite(value) ? value : NaN))
  return {
    kind: 'points',
    pointCount: steps.length,
    x: x.slice(),
    steps: steps.slice(),
    min: finite,
    max: finite,
    mean: finite,
    last: values.slice(),
    counts: new Float64Array(steps.length).fill(1),
    smoothed: smoothed?.slice() ?? null,
    nonFinite: nonFinitePoints(x, steps, values),
  }
}

function drawBuckets(points: PlacedPoints, request: SeriesRequest): SeriesDrawing {
  const { x, steps, values, smoothed } = points
  const { firstIndices, lastIndices, min, max, mean } = envelope(x, values, request.buckets, request.logarithmic)
  const atEnds = (column: Float64Array): Float64Array => Float64Array.from(lastIndices, (index) => column[index] ?? NaN)
  return {
    kind: 'buckets',
    pointCount: steps.length,
    x: Float64Array.from(firstIndices, (index) => x[index] ?? NaN),
    steps: atEnds(steps),
    min,
    max,
    mean,
    last: atEnds(values),
    counts: Float64Array.from(lastIndices, (index, bucket) => index - (firstIndices[bucket] ?? NaN) + 1),
    smoothed: smoothed && atEnds(smoothed),
    nonFinite: nonFinitePoints(x, steps, values),
  }
}

/** A series drawn from its decoded points: any axis, any smoothing. */
export function seriesFromPoints(
  reader: RunReader,
  cache: SeriesCache,
  axis: SeriesAxis,
  request: SeriesRequest,
): SeriesDrawing {
  const points = placedPoints(reader, cache, axis, request)
  return points.steps.length <= request.buckets ? drawPoints(points) : drawBuckets(points, request)
}
