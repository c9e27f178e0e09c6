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
  const view = new DataView(new ArrayBuffer(nodes.length * nodeBytes))
  nodes.forEach((node, index) => {
    const fields = [
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
    ]
    fields.forEach((field, position) => view.setFloat64(index * nodeBytes + position * 8, field, true))
  })
  return new Uint8Array(view.buffer)
}

export function decodeNodes(blob: Uint8Array): PyramidNode[] {
  const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength)
  return Array.from({ length: Math.floor(blob.byteLength / nodeBytes) }, (_, index) => {
    const field = (position: number): number => view.getFloat64(index * nodeBytes + position * 8, true)
    return {
      firstStep: field(0),
      lastStep: field(1),
      min: field(2),
      max: field(3),
      first: field(4),
      last: field(5),
      sum: field(6),
      count: field(7),
      nanCount: field(8),
      positiveInfinityCount: field(9),
      negativeInfinityCount: field(10),
    }
  })
}
