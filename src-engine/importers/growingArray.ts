/** Doubles appended one by one, at 8 bytes each. */
export class GrowingArray {
  private storage = new Float64Array(1024)
  private used = 0

  push(value: number): void {
    if (this.used === this.storage.length) {
      const larger = new Float64Array(this.storage.length * 2)
      larger.set(this.storage)
      this.storage = larger
    }
    this.storage[this.used] = value
    this.used += 1
  }

  get length(): number {
    return this.used
  }

  toArray(): Float64Array {
    return this.storage.slice(0, this.used)
  }
}
