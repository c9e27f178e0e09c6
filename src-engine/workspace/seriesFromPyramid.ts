import { bucketGrid } from '#core/series/envelope.ts'
import {
  appendNode,
  emptyNode,
  meanOfNode,
  mergeNodes,
  nonFiniteCount,
  type PyramidNode,
} from '#engine/runfile/pyramidNode.ts'
import type { RunReader, StepRange } from '#engine/runfile/runFile.ts'
import type { SeriesRequest } from '#shared/contract/series.ts'
import { maximumMarks, thinMarks } from './nonFinitePoints.ts'
import type { SeriesDrawing } from './seriesFromPoints.ts'

/** A node goes to the bucket in which it begins, so buckets end at nodes: at most this share of a bucket's width beyond their border. */
const nodesPerBucket = 2

function gather(nodes: readonly PyramidNode[], bucketOf: (step: number) => number): PyramidNode[] {
  const buckets: PyramidNode[] = []
  let current = -1
  for (const node of nodes) {
    const bucket = bucketOf(node.firstStep)
    if (bucket !== current) buckets.push(emptyNode())
    current = bucket
    const gathered = buckets.at(-1)
    if (gathered) appendNode(gathered, node)
  }
  return buckets
}

/** Steps to mark: every non-finite point while they are few, else the beginnings of the buckets that have one. The first is exact in either case. */
function markedSteps(reader: RunReader, metric: string, total: PyramidNode, buckets: readonly PyramidNode[]): number[] {
  const isFinite = (node: PyramidNode): boolean => nonFiniteCount(node) === 0
  const affected = buckets.filter((node) => !isFinite(node))
  const searched = nonFiniteCount(total) <= maximumMarks ? affected : affected.slice(0, 1)
  const exact = searched.flatMap(({ firstStep, lastStep }) => {
    const points = reader.nodes(metric, isFinite, { from: firstStep, to: lastStep })
    return points.filter((point) => !isFinite(point)).map((point) => point.firstStep)
  })
  return [...exact, ...affected.slice(searched.length).map(({ firstStep }) => firstStep)]
}

/** Where the grid of a logarithmic axis begins: the first step above 0. */
function firstPositiveStep(total: PyramidNode): number {
  return Math.max(total.firstStep, 1)
}

/**
 * A series drawn without decoding its points, where x is proportional to the step. Null when the range has so few points that they can be drawn themselves.
 */
export function seriesFromPyramid(
  reader: RunReader,
  stepsPerUnit: number,
  request: SeriesRequest,
): SeriesDrawing | null {
  const { metric, buckets: bucketCount, logarithmic } = request
  const range: StepRange = {
    ...(request.from === undefined ? {} : { from: request.from }),
    ...(request.to === undefined ? {} : { to: request.to }),
  }
  const total = mergeNodes(reader.nodes(metric, () => true, range))
  if (total.count <= bucketCount) return null
  const low = logarithmic ? firstPositiveStep(total) : total.firstStep
  const bucketOf = bucketGrid(low, total.lastStep, bucketCount, logarithmic)
  const fineGrid = bucketGrid(low, total.lastStep, bucketCount * nodesPerBucket, logarithmic)
  const nodes = reader.nodes(metric, (node) => fineGrid(node.lastStep) - fineGrid(node.firstStep) <= 1, range)
  const gathered = gather(nodes, bucketOf)
  const marked = markedSteps(reader, metric, total, gathered)
  const column = (field: (node: PyramidNode) => number): Float64Array => Float64Array.from(gathered, field)
  return {
    kind: 'buckets',
    pointCount: total.count,
    x: column((node) => node.firstStep / stepsPerUnit),
    steps: column((node) => node.lastStep),
    min: column((node) => node.min),
    max: column((node) => node.max),
    mean: column(meanOfNode),
    last: column((node) => node.last),
    counts: column((node) => node.count),
    smoothed: null,
    nonFinite: {
      nanCount: total.nanCount,
      positiveInfinityCount: total.positiveInfinityCount,
      negativeInfinityCount: total.negativeInfinityCount,
      firstStep: marked[0] ?? null,
      x: thinMarks(marked.map((step) => step / stepsPerUnit)),
    },
  }
}
