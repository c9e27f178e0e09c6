import type { ScalarSeries } from './runFile.ts'

/** One series after the other; values keep their bits. */
export function joinSeries(parts: readonly ScalarSeries[]): ScalarSeries {
  const [only] = parts
  if (only && parts.length === 1) return only
  const count = parts.reduce((sum, { steps }) => sum + steps.length, 0)
  const joined = { steps: new Float64Array(count), values: new Float64Array(count) }
  let offset = 0
  for (const { steps, values } of parts) {
    joined.steps.set(steps, offset)
    joined.values.set(values, offset)
    offset += steps.length
  }
  return joined
}
