import { philox4x32 } from './philox.ts'
import type { RandomGenerator } from './randomGenerator.ts'

/** A generator that can be saved and continued: its whole state is `position`. Streams with other seeds or labels are independent. */
export interface RandomStream extends RandomGenerator {
  /** 32-bit words drawn so far. */
  position(): number
  /** Continues from a saved position. */
  seek(position: number): void
  /** Fills with standard normal numbers. */
  fillNormal(into: Float32Array | Float64Array): void
}

/** FNV-1a over UTF-16 code units: spreads a label over 32 bits. */
function hashLabel(label: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < label.length; i += 1) hash = Math.imul(hash ^ label.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

/**
 * The stream of one purpose, e.g. `createRandomStream(7, 'batches')`. Counter-based (Philox4x32-10): what one stream draws never shifts another.
 *
 * @param seed integer, of which the lowest 32 bits count
 * @param label what the numbers are for
 * @param substream sets apart streams of the same purpose, e.g. the step of a probe; integer from 0 to 2³² − 1
 */
export function createRandomStream(seed: number, label: string, substream = 0): RandomStream {
  const key = hashLabel(label)
  const block = new Uint32Array(4)
  let position = 0
  let loadedBlock = -1

  const word = (): number => {
    const index = Math.floor(position / 4)
    if (index !== loadedBlock) {
      philox4x32(block, index >>> 0, Math.floor(index / 2 ** 32), substream >>> 0, 0, seed >>> 0, key)
      loadedBlock = index
    }
    const drawn = block[position % 4] ?? 0
    position += 1
    return drawn
  }
  const uniform = (): number => ((word() >>> 5) * 0x4000000 + (word() >>> 6)) / 2 ** 53
  /** Box & Muller (1958): radius and angle of an isotropic Gaussian point. */
  const gaussianPoint = (): { radius: number; angle: number } => ({
    radius: Math.sqrt(-2 * Math.log(1 - uniform())),
    angle: 2 * Math.PI * uniform(),
  })
  const normal = (): number => {
    const { radius, angle } = gaussianPoint()
    return radius * Math.cos(angle)
  }
  const fillNormal = (into: Float32Array | Float64Array): void => {
    for (let i = 0; i < into.length; i += 2) {
      const { radius, angle } = gaussianPoint()
      into[i] = radius * Math.cos(angle)
      if (i + 1 < into.length) into[i + 1] = radius * Math.sin(angle)
    }
  }
  return {
    uniform,
    normal,
    fillNormal,
    integer: (bound) => Math.floor(uniform() * bound),
    position: () => position,
    seek: (to) => {
      position = to
    },
  }
}
