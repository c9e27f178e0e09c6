import { createHash, type Hash } from 'node:crypto'

/** SHA-256 over a series' points: step and value as little-endian float64 pairs, in the order of the steps. */
export class SeriesHash {
  readonly #hash: Hash = createHash('sha256')
  #count = 0

  get count(): number {
    return this.#count
  }

  update(steps: Float64Array, values: Float64Array): void {
    const pairs = new Float64Array(steps.length * 2)
    for (let index = 0; index < steps.length; index += 1) {
      pairs[2 * index] = steps[index] ?? NaN
      pairs.set(values.subarray(index, index + 1), 2 * index + 1)
    }
    this.#hash.update(new Uint8Array(pairs.buffer))
    this.#count += steps.length
  }

  digest(): Buffer {
    return this.#hash.copy().digest()
  }
}
