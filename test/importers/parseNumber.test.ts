import { describe, expect, it } from 'vitest'
import { parseNumber } from '#engine/importers/parseNumber.ts'

describe('parseNumber', () => {
  it.each([
    ['0', 0],
    ['-0', -0],
    ['1.', 1],
    ['.5', 0.5],
    ['-1.25e-3', -0.00125],
    ['0.1', 0.1],
    ['inf', Number.POSITIVE_INFINITY],
    ['-Infinity', Number.NEGATIVE_INFINITY],
    ['NaN', Number.NaN],
    ['nan', Number.NaN],
  ])('reads %s', (text, value) => expect(parseNumber(text)).toBe(value))

  it.each(['', ' ', '0x10', '1,5', '1 000', 'abc', '1e', '--1', 'infinite'])('refuses %j', (text) =>
    expect(parseNumber(text)).toBeNull(),
  )
})
