/** Summary of consecutive points of one series. Extremes and sum are over finite values; min and max are NaN when there is none. */
export interface PyramidNode {
  firstStep: number
  lastStep: number
  min: number
  max: number
  first: number
  last: number
  sum: number
  count: number
  nanCount: number
  positiveInfinityCount: number
  negativeInfinityCount: number
}

const fieldCount = 11
const nodeBytes = fieldCount * Float64Array.BYTES_PER_ELEMENT

export function emptyNode(): PyramidNode {
  return {
    firstStep: NaN,
    lastStep: NaN,
    min: NaN,
    max: NaN,
    first: NaN,
    last: NaN,
    sum: 0,
    count: 0,
    nanCount: 0,
    positiveInfinityCount: 0,
    negativeInfinityCount: 0,
  }
}

export function addPoint(node: PyramidNode, step: number, value: number): void {
  if (node.count === 0) {
    node.firstStep = step
    node.first = value
  }
  node.lastStep = step
  node.last = value
  node.count += 1
  if (Number.isFinite(value)) {
    node.sum += value
    if (!(node.min <= value)) node.min = value
    if (!(node.max >= value)) node.max = value
  } else if (value === Infinity) node.positiveInfinityCount += 1
  else if (value === -Infinity) node.negativeInfinityCount += 1
  else node.nanCount += 1
}

/** Appends the points that `next` stands for; they must follow those of `node`. */
export function appendNode(node: PyramidNode, next: PyramidNode): void {
  if (next.count === 0) return
  if (node.count === 0) {
    node.firstStep = next.firstStep
    node.first = next.first
  }
  node.lastStep = next.lastStep
  node.last = next.last
  node.count += next.count
  node.sum += next.sum
  if (!(node.min <= next.min) && !Number.isNaN(next.min)) node.min = next.min
  if (!(node.max >= next.max) && !Number.isNaN(next.max)) node.max = next.max
  node.nanCount += next.nanCount
  node.positiveInfinityCount += next.positiveInfinityCount
  node.negativeInfinityCount += next.negativeInfinityCount
}

export function mergeNodes(nodes: Iterable<PyramidNode>): PyramidNode {
  const merged = emptyNode()
  for (const node of nodes) appendNode(merged, node)
  return merged
}

export function nonFiniteCount(node: PyramidNode): number {
  return node.nanCount + node.positiveInfinityCount + node.negativeInfinityCount
}

/** Mean over finite values; NaN when there is none. */
export function meanOfNode(node: PyramidNode): number {
  return node.sum / (node.count - nonFiniteCount(node))
}

/** Eleven little-endian float64 per node, in the order of the interface. */
export function encodeNodes(nodes: readonly PyramidNode[]): Uint8Array {
  const fields = nodes.flatMap((node) => [
    node.firstStep,
    node.lastStep,
    node.min,
    node.max,
    node.first,
    node.last,
    node.sum,
    node.count,
    node.nanCount,
    node.positiveInfinityCount,
    node.negativeInfinityCount,
  ])
  return new Uint8Array(Float64Array.from(fields).buffer)
}

export function decodeNodes(blob: Uint8Array): PyramidNode[] {
  // A copy, because a float64 view needs an aligned beginning; every platform that Node runs on is little-endian.
  const fields = new Float64Array(
    new Uint8Array(blob.subarray(0, blob.byteLength - (blob.byteLength % nodeBytes))).buffer,
  )
  const nodes: PyramidNode[] = []
  for (let start = 0; start < fields.length; start += fieldCount) {
    nodes.push({
      firstStep: fields[start] ?? NaN,
      lastStep: fields[start + 1] ?? NaN,
      min: fields[start + 2] ?? NaN,
      max: fields[start + 3] ?? NaN,
      first: fields[start + 4] ?? NaN,
      last: fields[start + 5] ?? NaN,
      sum: fields[start + 6] ?? NaN,
      count: fields[start + 7] ?? NaN,
      nanCount: fields[start + 8] ?? NaN,
      positiveInfinityCount: fields[start + 9] ?? NaN,
      negativeInfinityCount: fields[start + 10] ?? NaN,
    })
  }
  return nodes
}
