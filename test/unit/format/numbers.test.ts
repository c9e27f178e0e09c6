import { describe, expect, it } from 'vitest'
import { formatCount, formatCounted, formatInteger } from '#core/format/formatCount.ts'
import { formatEstimate, formatInterval } from '#core/format/formatEstimate.ts'
import { formatExact } from '#core/format/formatExact.ts'
import { formatNumber } from '#core/format/formatNumber.ts'
import { formatPValue } from '#core/format/formatPValue.ts'
import { formatAgo, formatBytes, formatDuration, formatPercent, formatStepTime } from '#core/format/formatQuantity.ts'
import { formatLogTick, formatTick } from '#core/format/formatTick.ts'
import { shortenMiddle } from '#core/format/shortenMiddle.ts'

/** Both kinds of no-break space as plain ones, so that expectations are readable. */
const plain = (text: string): string => text.replace(/[\u202f\u00a0]/g, ' ')

describe('formatNumber', () => {
  it.each([
    [1.10512, '1.11'],
    [0, '0'],
    [-3.14159, '−3.14'],
    [22_000, '22 000'],
    [1234.5, '1 235'],
    [0.001, '0.00100'],
    [0.0000731942, '7.32·10⁻⁵'],
    [-2.34e-7, '−2.34·10⁻⁷'],
    [999_999.9, '1.00·10⁶'],
    [0.00099999, '0.00100'],
    [0.9996, '1.00'],
    [Number.NaN, 'NaN'],
    [Infinity, '+∞'],
    [-Infinity, '−∞'],
  ])('writes %d as %s', (value, expected) => {
    expect(plain(formatNumber(value))).toBe(expected)
  })

  it('writes a missing value as an en dash', () => {
    expect(formatNumber(null)).toBe('–')
    expect(formatNumber(undefined)).toBe('–')
  })
})

describe('formatEstimate and formatInterval', () => {
  it('lets the error decide the digits', () => {
    expect(plain(formatEstimate(-1.32409, 0.01512))).toBe('−1.324 ± 0.015')
    expect(plain(formatEstimate(22_104.3, 153.2))).toBe('22 104 ± 153')
    expect(plain(formatInterval(0.28931, 0.27312, 0.30602))).toBe('0.289 [0.273, 0.306]')
  })

  it('writes the power of ten once for small values', () => {
    expect(plain(formatEstimate(7.32e-5, 2.1e-6))).toBe('(7.32 ± 0.21)·10⁻⁵')
    expect(plain(formatInterval(7.32e-5, 7.1e-5, 7.5e-5))).toBe('7.32·10⁻⁵ [7.10, 7.50]·10⁻⁵')
  })

  it('falls back to three digits without a usable interval', () => {
    expect(formatEstimate(1.23456, Number.NaN)).toBe('1.23')
    expect(formatInterval(1.23456, Number.NaN, 2)).toBe('1.23')
    expect(plain(formatInterval(-0.999999999982, -0.999999999989, -0.999999999975))).toBe('−1.00')
    expect(plain(formatInterval(0.99999912345, 0.99999812345, 1.00000012345))).toBe('0.999999 [0.999998, 1.000000]')
    expect(formatInterval(Number.NaN, 1, 2)).toBe('NaN')
  })
})

describe('formatPValue', () => {
  it.each([
    [0.0312, 'p = 0.031'],
    [0.55, 'p = 0.55'],
    [0.999, 'p = 1'],
    [0.001, 'p < 0.002'],
    [0.002, 'p < 0.002'],
  ])('writes %d as %s with 499 permutations', (p, expected) => {
    expect(plain(formatPValue(p, 0.002))).toBe(expected)
  })

  it('never writes zero', () => {
    expect(plain(formatPValue(0))).toBe('p < 0.0001')
  })
})

describe('counts', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [22_000, '22 000'],
    [99_999, '99 999'],
    [150_400, '150 k'],
    [1_234_567, '1.2 M'],
    [10_400_000, '10.4 M'],
    [999_950, '1.0 M'],
  ])('writes %d as %s', (value, expected) => {
    expect(plain(formatCount(value))).toBe(expected)
  })

  it('agrees with its noun', () => {
    expect(plain(formatCounted(1, 'run'))).toBe('1 run')
    expect(plain(formatCounted(1500, 'run'))).toBe('1 500 runs')
    expect(plain(formatInteger(1650))).toBe('1 650')
  })
})

describe('formatExact', () => {
  it.each([
    [0.1, '0.1'],
    [0.0005, '0.0005'],
    [1e-5, '10⁻⁵'],
    [3e-5, '3·10⁻⁵'],
    [-1e-12, '−10⁻¹²'],
    [22_000, '22 000'],
    [0, '0'],
  ])('writes %d as %s', (value, expected) => {
    expect(plain(formatExact(value))).toBe(expected)
  })
})

describe('quantities with units', () => {
  it.each([
    [4.1, '4.1 ms'],
    [230, '230 ms'],
    [1500, '1.5 s'],
    [12_000, '12 s'],
    [59_800, '1 min'],
    [200_000, '3 min 20 s'],
    [1_500_000, '25 min'],
    [4_320_000, '1 h 12 min'],
    [183_600_000, '2 d 3 h'],
  ])('writes %d ms as %s', (milliseconds, expected) => {
    expect(plain(formatDuration(milliseconds))).toBe(expected)
  })

  it('writes bytes, shares and ages', () => {
    expect([0, 352_000, 1_234_000_000, 999].map((bytes) => plain(formatBytes(bytes)))).toEqual([
      '0 B',
      '352 kB',
      '1.2 GB',
      '999 B',
    ])
    expect([0.03, 0.312, 0.004, 1].map((share) => plain(formatPercent(share)))).toEqual([
      '3 %',
      '31 %',
      '0.4 %',
      '100 %',
    ])
    expect([0, 45_000, 200_000, 7_300_000, 200_000_000].map((age) => plain(formatAgo(0, age)))).toEqual([
      'just now',
      '45 s ago',
      '3 min ago',
      '2 h ago',
      '2 d ago',
    ])
    expect([formatBytes(null), formatDuration(null), formatPercent(null)]).toEqual(['–', '–', '–'])
  })
})

describe('axis labels', () => {
  it('shortens thousands and labels decades only', () => {
    expect([0, 0.3, 5000, 16_500, 2_000_000, -0.2, 5e-4].map(formatTick)).toEqual([
      '0',
      '0.3',
      '5k',
      '16.5k',
      '2M',
      '−0.2',
      '5·10⁻⁴',
    ])
    expect([0.01, 0.1, 1, 100, 1000, 2].map(formatLogTick)).toEqual(['10⁻²', '0.1', '1', '100', '10³', ''])
  })
})

describe('shortenMiddle', () => {
  it('keeps both ends', () => {
    expect(shortenMiddle('mnist-noisy-labels-decay-s3', 11)).toBe('mnist…ay-s3')
    expect(shortenMiddle('short', 11)).toBe('short')
  })
})

describe('formatStepTime', () => {
  it.each([
    [4.12, '4.1 ms/step'],
    [0.1, '0.1 ms/step'],
    [0.0123, '12 µs/step'],
    [null, '–'],
    [Number.NaN, '–'],
  ])('writes %d milliseconds as %s', (milliseconds, expected) => {
    expect(plain(formatStepTime(milliseconds))).toBe(expected)
  })
})
