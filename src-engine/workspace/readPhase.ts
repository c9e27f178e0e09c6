import type { RunReader, ScalarSeries } from '#engine/runfile/runFile.ts'
import type { SeriesCache } from './seriesCache.ts'
import type { PhaseRequest, PhaseSeries } from './workspace.ts'

function scalarsOf(reader: RunReader, cache: SeriesCache, metric: string): ScalarSeries {
  const isKnown = reader.metrics().some(({ name, kind }) => name === metric && kind === 'scalar')
  return isKnown ? cache.scalars(reader, metric) : { steps: new Float64Array(0), values: new Float64Array(0) }
}

/** Index pairs of the steps that both series have. */
function commonIndices(left: Float64Array, right: Float64Array, from: number, to: number): [number, number][] {
  const pairs: [number, number][] = []
  let j = 0
  for (let i = 0; i < left.length; i += 1) {
    const step = left[i] ?? NaN
    while (j < right.length && (right[j] ?? NaN) < step) j += 1
    if (right[j] === step && step >= from && step <= to) pairs.push([i, j])
  }
  return pairs
}

function thinEvenly<Item>(items: readonly Item[], limit: number): Item[] {
  if (items.length <= limit) return [...items]
  return Array.from({ length: limit }, (_, i) => Math.round((i * (items.length - 1)) / (limit - 1))).flatMap((index) =>
    items.slice(index, index + 1),
  )
}

/** Two metrics of a run against each other at the steps that both have, all of one moment. */
export function readPhase(reader: RunReader, cache: SeriesCache, request: PhaseRequest, limit: number): PhaseSeries {
  const [horizontal, vertical] = reader.snapshot(() => [
    scalarsOf(reader, cache, request.xMetric),
    scalarsOf(reader, cache, request.yMetric),
  ])
  const pairs = commonIndices(horizontal.steps, vertical.steps, request.from ?? -Infinity, request.to ?? Infinity)
  const shown = thinEvenly(pairs, limit)
  return {
    runId: request.runId,
    steps: Float64Array.from(shown, ([i]) => horizontal.steps[i] ?? NaN),
    x: Float64Array.from(shown, ([i]) => horizontal.values[i] ?? NaN),
    y: Float64Array.from(shown, ([, j]) => vertical.values[j] ?? NaN),
    pointCount: pairs.length,
  }
}
