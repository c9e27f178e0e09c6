import {
  addPoint,
  appendNode,
  decodeNodes,
  emptyNode,
  encodeNodes,
  mergeNodes,
  type PyramidNode,
} from './pyramidNode.ts'

/** Points in a node of level 1. Lower, and the pyramid would cost half as much as the points; higher, and zoomed views would read many rows. */
export const pointsPerNode = 64
/** Nodes of one level in a node of the next. */
export const pyramidFactor = 8
/** Nodes in one stored blob; a multiple of the factor. */
export const nodesPerBlob = 64

export interface PyramidBlob {
  level: number
  firstStep: number
  nodes: Uint8Array
}

/**
 * Builds the pyramid of one series while its points arrive. A blob is given out once, when it is full, and never changes: what no blob covers yet
 * (fewer than 4096 points on level 1) the reader takes from the next lower level, down to the points themselves.
 */
export class PyramidBuilder {
  /** Over all points seen. */
  readonly total: PyramidNode = emptyNode()
  #open: PyramidNode = emptyNode()
  /** By level; complete nodes that no blob holds yet. Index 0 is unused. */
  #pending: PyramidNode[][] = []
  #full: PyramidBlob[] = []

  /** Continues a stored pyramid: all nodes of each level (index 0 is level 1); points after the last of level 1 have to be added again. */
  static restore(storedLevels: readonly PyramidNode[][]): PyramidBuilder {
    const builder = new PyramidBuilder()
    let below = storedLevels[0] ?? []
    for (const node of below) appendNode(builder.total, node)
    for (let level = 2; below.length >= pyramidFactor; level += 1) {
      const stored = storedLevels[level - 1] ?? []
      const pending: PyramidNode[] = []
      for (let start = stored.length * pyramidFactor; start + pyramidFactor <= below.length; start += pyramidFactor) {
        pending.push(mergeNodes(below.slice(start, start + pyramidFactor)))
      }
      builder.#pending[level] = pending
      below = [...stored, ...pending]
    }
    return builder
  }

  add(step: number, value: number): void {
    addPoint(this.total, step, value)
    addPoint(this.#open, step, value)
    if (this.#open.count < pointsPerNode) return
    const node = this.#open
    this.#open = emptyNode()
    this.#complete(1, node)
  }

  /** Blobs that became full; they stay until `forgetFullBlobs`, so that a failed transaction can be repeated. */
  fullBlobs(): readonly PyramidBlob[] {
    return this.#full
  }

  /** The nodes of `fullBlobs` by level (index 0 is level 1). */
  fullLevels(): PyramidNode[][] {
    const levels: PyramidNode[][] = []
    for (const { level, nodes } of this.#full) (levels[level - 1] ??= []).push(...decodeNodes(nodes))
    return levels
  }

  forgetFullBlobs(): void {
    this.#full = []
  }

  #complete(level: number, node: PyramidNode): void {
    const pending = (this.#pending[level] ??= [])
    pending.push(node)
    const hasParent = pending.length % pyramidFactor === 0
    const parent = hasParent ? mergeNodes(pending.slice(-pyramidFactor)) : null
    if (pending.length === nodesPerBlob) {
      this.#full.push({ level, firstStep: pending[0]?.firstStep ?? NaN, nodes: encodeNodes(pending) })
      this.#pending[level] = []
    }
    if (parent) this.#complete(level + 1, parent)
  }
}
