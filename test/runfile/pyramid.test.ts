import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nonFiniteCount } from '#engine/runfile/pyramidNode.ts'
import { openRunReader } from '#engine/runfile/reader.ts'
import type { Envelope, RunReader, ScalarSeries } from '#engine/runfile/runFile.ts'
import { newRun } from './runFolder.ts'

/** Series whose steps have gaps and whose values hold NaN and infinities, in several attempts, committed in uneven parts. */
interface Plan {
  attempts: { fromShare: number; pointCount: number }[]
  seed: number
  commitEvery: number
}

const plan: fc.Arbitrary<Plan> = fc.record({
  attempts: fc.array(
    fc.record({ fromShare: fc.double({ min: 0, max: 1, noNaN: true }), pointCount: fc.integer({ min: 0, max: 9000 }) }),
    { minLength: 1, maxLength: 3 },
  ),
  seed: fc.integer({ min: 1, max: 2 ** 31 }),
  commitEvery: fc.integer({ min: 300, max: 5000 }),
})

/** A small linear congruential generator (Numerical Recipes): the same numbers for the same plan. */
function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

function valueFrom(random: () => number): number {
  const kind = random()
  if (kind < 0.002) return NaN
  if (kind < 0.003) return kind < 0.0025 ? Infinity : -Infinity
  return (random() - 0.5) * 10 ** Math.floor(random() * 6)
}

/** Writes the plan and returns the default view as it should be. */
function write({ attempts, seed, commitEvery }: Plan): { folder: string; kept: [number, number][] } {
  const writer = newRun()
  const random = generator(seed)
  let kept: [number, number][] = []
  let lastStep = 0
  let logged = 0
  attempts.forEach(({ fromShare, pointCount }, index) => {
    let step = Math.floor(lastStep * fromShare)
    if (index > 0) {
      writer.beginAttempt(step)
      kept = kept.filter(([earlier]) => earlier < step)
    }
    for (let point = 0; point < pointCount; point += 1) {
      const value = valueFrom(random)
      writer.logScalars(step, { loss: value }, step)
      kept.push([step, value])
      lastStep = Math.max(lastStep, step)
      step += 1 + Math.floor(random() * 3)
      logged += 1
      if (logged % commitEvery === 0) writer.commit()
    }
  })
  writer.close()
  return { folder: writer.folder, kept }
}

function expectExact(envelope: Envelope, { steps, values }: ScalarSeries): void {
  let next = 0
  envelope.counts.forEach((count, bucket) => {
    const part = values.subarray(next, next + count)
    const finite = part.filter(Number.isFinite)
    expect(envelope.fromSteps[bucket]).toBe(steps[next])
    expect(envelope.toSteps[bucket]).toBe(steps[next + count - 1])
    expect(envelope.min[bucket]).toBe(finite.length > 0 ? finite.reduce((low, value) => Math.min(low, value)) : NaN)
    expect(envelope.max[bucket]).toBe(finite.length > 0 ? finite.reduce((high, value) => Math.max(high, value)) : NaN)
    expect(envelope.first[bucket]).toBe(part[0])
    expect(envelope.last[bucket]).toBe(part.at(-1))
    expect(envelope.nonFiniteCounts[bucket]).toBe(count - finite.length)
    if (finite.length > 0) {
      const scale = finite.reduce((sum, value) => sum + Math.abs(value), 0)
      const mean = finite.reduce((sum, value) => sum + value, 0) / finite.length
      expect(Math.abs((envelope.mean[bucket] ?? NaN) - mean)).toBeLessThanOrEqual(1e-12 * scale)
    }
    next += count
  })
  expect(next).toBe(values.length)
}

function expectEnvelopes(reader: RunReader, from: number, to: number): void {
  const range = { from, to }
  const points = reader.scalars('loss', range)
  for (const buckets of [1, 7, 100, 1200]) {
    const envelope = reader.envelope('loss', buckets, range)
    expect(envelope.counts.length).toBeLessThanOrEqual(buckets)
    expectExact(envelope, points)
  }
}

describe('the pyramid', () => {
  it('says of any range exactly what its points say, over attempts and uneven commits', () => {
    fc.assert(
      fc.property(
        plan,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (planned, one, other) => {
          const { folder, kept } = write(planned)
          if (kept.length === 0) return
          const reader = openRunReader(folder)
          const whole = reader.scalars('loss')
          expect(Array.from(whole.steps, (step, i) => [step, whole.values[i]])).toEqual(kept)
          const lastStep = kept.at(-1)?.[0] ?? 0
          expectEnvelopes(reader, -Infinity, Infinity)
          expectEnvelopes(
            reader,
            Math.floor(Math.min(one, other) * lastStep),
            Math.ceil(Math.max(one, other) * lastStep),
          )
          expect(reader.verify()).toMatchObject({ isSound: true, findings: [] })
          reader.close()
        },
      ),
      { numRuns: 15 },
    )
  })

  it('is read in nodes, not in points: an overview of 300 000 points reads few of them', () => {
    const writer = newRun()
    const steps = Float64Array.from({ length: 300_000 }, (_, step) => step)
    const values = steps.map((step) => (step === 123_456 ? NaN : Math.cos(step)))
    writer.logSeries('loss', steps, values)
    writer.commit()
    const reader = openRunReader(writer.folder)
    const nodes = reader.nodes('loss', (node) => node.count <= 300_000 / 100)
    expect(nodes.length).toBeLessThan(6000)
    expect(nodes.filter((node) => nonFiniteCount(node) > 0)).toHaveLength(1)
    expect(nodes.reduce((sum, node) => sum + node.count, 0)).toBe(300_000)
    reader.close()
  })

  it('has no node for a metric without points', () => {
    const writer = newRun()
    writer.defineMetric({ name: 'loss', kind: 'scalar', dimension: 1, unit: '', description: '', role: null })
    writer.commit()
    const reader = openRunReader(writer.folder)
    expect(reader.envelope('loss', 10).counts).toHaveLength(0)
    expect(reader.metricSummaries()).toEqual({})
    expect(() => reader.envelope('lost', 10)).toThrow('the run has no metric "lost"')
    reader.close()
  })
})
