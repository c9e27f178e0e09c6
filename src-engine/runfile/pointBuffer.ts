/** Growing columns of steps and values. Values stay in a Float64Array, so that the payload of a NaN survives. */
export class PointBuffer {
  #steps = new Float64Array(64)
  #values = new Float64Array(64)
  #count = 0

  get count(): number {
    return this.#count
  }

  add(step: number, values: Float64Array, index: number): void {
    if (this.#count === this.#steps.length) this.#grow()
    this.#steps[this.#count] = step
    this.#values.set(values.subarray(index, index + 1), this.#count)
    this.#count += 1
  }

  steps(): Float64Array {
    return this.#steps.subarray(0, this.#count)
  }

  values(): Float64Array {
    return this.#values.subarray(0, this.#count)
  }

  clear(): void {
    this.#count = 0
  }

  #grow(): void {
    const steps = new Float64Array(this.#steps.length * 2)
    const values = new Float64Array(this.#values.length * 2)
    steps.set(this.#steps)
    values.set(this.#values)
    this.#steps = steps
    this.#values = values
  }
}
