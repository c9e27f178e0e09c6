import { describe, expect, it } from 'vitest'
import { clockTickLabel, elapsedTickLabel, linearTickLabel, logTickLabel } from '#figures/plot/tickLabels.ts'
import { exactLinearScale, logScale, niceLinearScale } from '#figures/plot/ticks.ts'

describe('niceLinearScale', () => {
  it('ends on round ticks around the data', () => {
    expect(niceLinearScale(0.07, 0.83, 4)).toMatchObject({ min: 0, max: 1, ticks: [0, 0.2, 0.4, 0.6, 0.8, 1] })
  })

  it('includes zero only where zero belongs', () => {
    expect(niceLinearScale(100, 120, 4).min).toBe(100)
    expect(niceLinearScale(100, 120, 4, true).min).toBe(0)
  })

  it('gives a constant room on both sides, and nothing infinite to a constant zero', () => {
    const scale = niceLinearScale(5, 5, 4)
    expect(scale.min).toBeLessThan(5)
    expect(scale.max).toBeGreaterThan(5)
    expect(niceLinearScale(0, 0, 4).ticks.every(Number.isFinite)).toBe(true)
  })

  it('takes rounding noise for a constant', () => {
    const scale = niceLinearScale(0.5, 0.5000000000000001, 4)
    expect(scale.max - scale.min).toBeGreaterThan(0.01)
    expect(scale.ticks.length).toBeLessThan(10)
  })
})

describe('exactLinearScale', () => {
  it('ends where the data end', () => {
    expect(exactLinearScale(3, 5999, 6)).toMatchObject({ min: 3, max: 5999, ticks: [1000, 2000, 3000, 4000, 5000] })
  })
})

describe('logScale', () => {
  it('ticks decades, and 2 and 5 between them where there are few', () => {
    expect(logScale(1e-4, 3, 6, true).ticks).toEqual([1e-4, 1e-3, 1e-2, 0.1, 1])
    expect(logScale(1.5, 6, 4, true)).toMatchObject({ min: 1, max: 10, ticks: [1, 2, 5, 10] })
  })

  it('has more than one label where the data lie between two decades', () => {
    expect(logScale(24, 890, 5, false).ticks).toEqual([50, 100, 200, 500])
    expect(logScale(1.22, 1.47, 4, true)).toMatchObject({ min: 1.2, max: 1.5, ticks: [1.2, 1.3, 1.4, 1.5] })
    expect(logScale(0.4, 1.1, 4, true).min).toBeGreaterThan(0)
  })

  it('thins decades over many orders of magnitude', () => {
    expect(logScale(1e-24, 1, 5, true).ticks.length).toBeLessThanOrEqual(6)
  })
})

describe('labels', () => {
  it('share their decimals', () => {
    expect([0, 0.25, 0.5].map(linearTickLabel([0, 0.25, 0.5]))).toEqual(['0.00', '0.25', '0.50'])
    expect([0, 5000, 10_000].map(linearTickLabel([0, 5000, 10_000]))).toEqual(['0', '5k', '10k'])
    expect([-0.2, 0].map(linearTickLabel([-0.2, 0]))).toEqual(['−0.2', '0.0'])
    expect([0, 2e-5, 4e-5].map(linearTickLabel([0, 2e-5, 4e-5]))).toEqual(['0', '2·10⁻⁵', '4·10⁻⁵'])
    expect([0, 1e18, 2e18].map(linearTickLabel([0, 1e18, 2e18]))).toEqual(['0', '1·10¹⁸', '2·10¹⁸'])
  })

  it('write decades as powers beyond 0.1 and 100', () => {
    expect([1e-4, 0.1, 1, 100, 1000, 2e-4].map(logTickLabel)).toEqual(['10⁻⁴', '0.1', '1', '100', '10³', '2·10⁻⁴'])
    expect([0.30000000000000004, 1.25, 1200, 1.25e-3].map(logTickLabel)).toEqual([
      '0.3',
      '1.25',
      '1.2·10³',
      '1.25·10⁻³',
    ])
  })

  it('write times in one unit', () => {
    expect([0, 60, 120, 240].map(elapsedTickLabel([0, 60, 120, 240]))).toEqual(['0', '1 min', '2 min', '4 min'])
    const noon = new Date(2026, 0, 2, 12, 30).getTime()
    expect(clockTickLabel([noon, noon + 3_600_000])(noon)).toBe('12:30')
    expect(clockTickLabel([noon, noon + 172_800_000])(noon)).toBe('01-02 12:30')
  })
})
