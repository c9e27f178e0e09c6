import type { RunReader, ScalarSeries, StepRange } from '#engine/runfile/runFile.ts'

/** Decoded series kept in memory. */
const maximumBytes = 256 * 1024 * 1024
const bytesPerPoint = 16

interface CachedSeries {
  identity: string
  token: string
  attempts: number
  count: number
  /** With room for more points than `count`. */
  steps: Float64Array
  values: Float64Array
}

function withRoom(array: Float64Array, count: number): Float64Array {
  if (count <= array.length) return array
  const larger = new Float64Array(Math.max(count, Math.ceil(array.length * 1.5)))
  larger.set(array)
  return larger
}

function append(cached: CachedSeries, { steps, values }: ScalarSeries): void {
  const count = cached.count + steps.length
  cached.steps = withRoom(cached.steps, count)
  cached.values = withRoom(cached.values, count)
  cached.steps.set(steps, cached.count)
  cached.values.set(values, cached.count)
  cached.count = count
}

/** Whole series of the default view, decoded once; of a live run only the new points are read again. The least recently used give way. */
export class SeriesCache {
  readonly #cached = new Map<string, CachedSeries>()
  readonly #maximumBytes: number

  constructor(maximumCacheBytes = maximumBytes) {
    this.#maximumBytes = maximumCacheBytes
  }

  scalars(reader: RunReader, metric: string): ScalarSeries {
    return this.#read(reader, `scalar ${metric}`, (range) => reader.scalars(metric, range))
  }

  /** Wall time in milliseconds of each logged step. */
  stepTimes(reader: RunReader): ScalarSeries {
    return this.#read(reader, 'step_time', (range) => {
      const { steps, wallTimesMs } = reader.stepTimes(range)
      return { steps, values: wallTimesMs }
    })
  }

  #read(reader: RunReader, what: string, read: (range: StepRange) => ScalarSeries): ScalarSeries {
    const key = `${reader.file}\n${what}`
    const cached = this.#cached.get(key)
    const fresh = reader.snapshot(() => {
      const token = reader.changeToken()
      return cached?.token === token ? cached : this.#update(cached, token, reader, read)
    })
    this.#cached.delete(key)
    this.#cached.set(key, fresh)
    this.#dropOldest()
    return { steps: fresh.steps.subarray(0, fresh.count), values: fresh.values.subarray(0, fresh.count) }
  }

  #update(
    cached: CachedSeries | undefined,
    token: string,
    reader: RunReader,
    read: (range: StepRange) => ScalarSeries,
  ): CachedSeries {
    const identity = reader.identity()
    const attempts = reader.attemptCount()
    const lastStep = cached?.steps[cached.count - 1]
    // Within one attempt points are only added at the end; a new attempt, or another run in its place, may replace them.
    if (!cached || lastStep === undefined || cached.identity !== identity || cached.attempts !== attempts) {
      const { steps, values } = read({})
      return { identity, token, attempts, count: steps.length, steps, values }
    }
    append(cached, read({ from: lastStep + 1 }))
    cached.token = token
    return cached
  }

  #dropOldest(): void {
    let bytes = [...this.#cached.values()].reduce((sum, { steps }) => sum + steps.length * bytesPerPoint, 0)
    for (const [key, { steps }] of this.#cached) {
      if (bytes <= this.#maximumBytes || this.#cached.size === 1) return
      bytes -= steps.length * bytesPerPoint
      this.#cached.delete(key)
    }
  }
}
