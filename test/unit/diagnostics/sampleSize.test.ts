import { describe, expect, it } from 'vitest'
import { permuteHalves } from '#core/diagnostics/checks/halvesPermutation.ts'
import { defaultMargins } from '#core/diagnostics/results/margins.ts'
import { detectableShift } from '#core/diagnostics/checks/samples/sampleSize.ts'
import { createRandomGenerator } from '#core/random/randomGenerator.ts'

const repetitions = 400

/** Share of AR(1) records whose second half is shifted by so many standard deviations in which the permutation of the halves sees it. */
function powerAt(shift: number, { phi, n }: { phi: number; n: number }): number {
  const deviation = 1 / Math.sqrt(1 - phi * phi)
  let found = 0
  for (let seed = 1; seed <= repetitions; seed += 1) {
    const random = createRandomGenerator(seed)
    let value = deviation * random.normal()
    const values = Float64Array.from({ length: n }, (_, t) => {
      value = phi * value + random.normal()
      return value + (2 * t >= n ? shift * deviation : 0)
    })
    const { p } = permuteHalves([values], (1 + phi) / (1 - phi), { margins: defaultMargins, seed })
    if (p <= defaultMargins.significance) found += 1
  }
  return found / repetitions
}

describe('detectableShift', () => {
  it.each([
    { phi: 0, n: 400 },
    { phi: 0.9, n: 4000 },
  ])('is found in four of five records, within four standard errors (φ = $phi)', (series) => {
    const effective = (series.n * (1 - series.phi)) / (1 + series.phi)
    const power = powerAt(detectableShift(effective, defaultMargins), series)
    expect(Math.abs(power - 0.8)).toBeLessThan(4 * Math.sqrt((0.8 * 0.2) / repetitions))
  })

  it('falls like one over the root of the samples, and is not known without them', () => {
    expect(detectableShift(400, defaultMargins) / detectableShift(100, defaultMargins)).toBeCloseTo(0.5, 12)
    expect(detectableShift(Number.NaN, defaultMargins)).toBeNaN()
  })
})
