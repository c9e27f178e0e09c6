import { describe, expect, it } from 'vitest'
import { nullSeries } from '#calibration/nullSeries.ts'
import { contextOfSeries } from '#calibration/seriesContext.ts'
import { diagnoseSelfCalibration } from '#core/diagnostics/checks/samples/selfCalibration.ts'
import { createRandomGenerator } from '#core/random/randomGenerator.ts'

function calibrate(name: string, n: number) {
  const law = nullSeries.find((candidate) => candidate.name === name)
  if (!law) throw new Error(`no law ${name}`)
  return diagnoseSelfCalibration(contextOfSeries(law.simulate(n, createRandomGenerator(21))))
}

const rows = (result: ReturnType<typeof calibrate>) =>
  result.charts.flatMap((chart) => (chart.kind === 'forest' ? chart.rows : []))

describe('self-calibration', () => {
  it.each([
    ['AR(1), φ = 0', 2000],
    ['AR(1), φ = 0.9', 6000],
    ['heavy ball, h = 1', 6000],
    ['AR(1), φ = 0.5, Student t(3)', 2000],
  ])('finds rates near the nominal 5 %% for %s', (name, n) => {
    const result = calibrate(name, n)
    expect(rows(result)).toHaveLength(2)
    // Measured on 200 series; four standard errors below 5 % is below zero.
    for (const { estimate, low, high } of rows(result)) {
      expect(estimate).toBeGreaterThan(0)
      expect(estimate).toBeLessThan(0.05 + 4 * Math.sqrt((0.05 * 0.95) / 200))
      expect(low).toBeLessThanOrEqual(estimate)
      expect(high).toBeGreaterThanOrEqual(estimate)
    }
    expect(result.marginLow).toBe(0.03)
    expect(result.marginHigh).toBe(0.08)
  })

  it('does not judge a series with few effective samples, nor a short one', () => {
    expect(calibrate('AR(1), φ = 0.97', 500).verdict).toBe('unknown')
    expect(calibrate('AR(1), φ = 0', 60).reason).toContain('points of a varying series')
  })

  it('gives the same rates for the same seed', () => {
    expect(calibrate('AR(1), φ = 0.5', 500)).toEqual(calibrate('AR(1), φ = 0.5', 500))
  })
})
