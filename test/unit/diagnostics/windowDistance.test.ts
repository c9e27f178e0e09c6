import { describe, expect, it } from 'vitest'
import { observablesFromColumns } from '#calibration/simulations.ts'
import { diagnoseRun } from '#core/diagnostics/diagnoseRun.ts'
import { createRandomGenerator } from '#core/random/randomGenerator.ts'
import { wasserstein1 } from '#core/statistics/distances.ts'
import { standardDeviation } from '#core/statistics/moments.ts'

const n = 12_000

/** White noise around a line of `slope` standard deviations over the record. */
function noise(seed: number, slope = 0): Float64Array {
  const random = createRandomGenerator(seed)
  return Float64Array.from({ length: n }, (_, t) => 20 + random.normal() + (slope * t) / n)
}

/** A slow swing that comes back: a sinusoid of three periods, with little noise. */
function swing(seed: number): Float64Array {
  return noise(seed).map((value, t) => 20 + 0.01 * (value - 20) + Math.sin((6 * Math.PI * t) / n))
}

function windowsOf(loss: Float64Array, gap: Float64Array) {
  const columns = { loss, gap }
  const diagnosis = diagnoseRun(observablesFromColumns(columns, { loss: 'loss', gradient_norm_squared: 'gap' }))
  const windows = diagnosis.diagnostics.find(({ id }) => id === 'window-distance')
  if (!windows) throw new Error('no windows')
  const detail = (label: string) => windows.details.find((one) => one.label === label)?.value ?? Number.NaN
  return { ...windows, detail, from: diagnosis.segments[0]?.transientEnd ?? Number.NaN, run: diagnosis.verdict.id }
}

describe('window distances', () => {
  it('differ where the loss drifts, too', () => {
    const windows = windowsOf(noise(1, -4), noise(2))
    expect(windows).toMatchObject({ verdict: 'fail', summary: 'Early and late windows follow different laws.' })
    expect(windows.run).toBe('still-descending')
  })

  it('speak of what was compared, and name what was not', () => {
    const windows = windowsOf(swing(3), noise(4))
    expect(windows.reason).toMatch(/loss: \d+ independent blocks, 20 are needed/)
    expect(windows.summary).toBe('Early and late windows follow one law of ‖∇f‖²; loss could not be compared.')
  })

  it('are those of all points, not of the thinned ones that are permuted', () => {
    const loss = noise(5)
    const windows = windowsOf(loss, noise(6))
    const judged = loss.subarray(windows.from)
    expect(judged.length).toBeGreaterThan(8192)
    const middle = judged.length >> 1
    const exact = wasserstein1(judged.subarray(0, middle), judged.subarray(middle))
    const { value } = windows.details.find(
      ({ label, unit }) => label === 'W₁ of halves, loss' && unit === 'in its own units',
    ) ?? { value: Number.NaN }
    expect(value).toBeCloseTo(exact, 12)
    expect(windows.detail('W₁ of halves, loss')).toBeCloseTo(exact / standardDeviation(judged), 12)
  })
})
