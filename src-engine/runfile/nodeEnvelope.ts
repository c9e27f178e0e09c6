import { appendNode, emptyNode, meanOfNode, nonFiniteCount, type PyramidNode } from './pyramidNode.ts'
import type { Envelope } from './runFile.ts'

/** Gathers nodes that together hold `pointCount` points into at most `buckets` groups of about equally many points. */
export function envelopeOf(nodes: readonly PyramidNode[], pointCount: number, buckets: number): Envelope {
  const groups: PyramidNode[] = []
  let current = -1
  let pointsBefore = 0
  for (const node of nodes) {
    const bucket = Math.min(buckets - 1, Math.floor((pointsBefore * buckets) / pointCount))
    if (bucket !== current) groups.push(emptyNode())
    current = bucket
    const group = groups.at(-1)
    if (group) appendNode(group, node)
    pointsBefore += node.count
  }
  const column = (field: (node: PyramidNode) => number): Float64Array => Float64Array.from(groups, field)
  return {
    fromSteps: column((node) => node.firstStep),
    toSteps: column((node) => node.lastStep),
    min: column((node) => node.min),
    max: column((node) => node.max),
    first: column((node) => node.first),
    last: column((node) => node.last),
    mean: column(meanOfNode),
    counts: column((node) => node.count),
    nonFiniteCounts: column(nonFiniteCount),
  }
}
