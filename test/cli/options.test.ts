import { describe, expect, it } from 'vitest'
import { parseRoles, runName, seedList, stepNumber, stepRange } from '../../src-engine/cli/options.ts'

describe('options', () => {
  it('takes columns as a line of CSV has them', () => {
    expect(parseRoles(['loss="loss,val"', 'weights=a, "b ""c"",d" ,e', 'gradient=g"1,g2'])).toEqual({
      loss: ['loss,val'],
      weights: ['a', 'b "c",d', 'e'],
      gradient: ['g"1', 'g2'],
    })
    expect(() => parseRoles(['loss="loss,val'])).toThrow(
      /--role 'loss="loss,val': a column in quotes ends with a quote/,
    )
  })

  it('takes each seed once', () => {
    expect(seedList('3,1,2')).toEqual([3, 1, 2])
    expect(() => seedList('1,2,1')).toThrow(/Seed 1 stands twice/)
    expect(() => seedList('1,,2')).toThrow(/whole number/)
  })

  it('takes negative steps, which imported runs may have, but none that is not whole', () => {
    expect(stepNumber('-3')).toBe(-3)
    for (const text of ['1.5', '', 'x', '1e300']) expect(() => stepNumber(text)).toThrow(/whole number/)
  })

  it('refuses a range that ends before it begins', () => {
    expect(stepRange({ from: 2, to: 2 })).toEqual({ from: 2, to: 2 })
    expect(() => stepRange({ from: 20, to: 10 })).toThrow('--from 20 --to 10: the first step is after the last')
  })

  it('refuses an empty name', () => {
    expect(() => runName(' ')).toThrow(/name is needed/)
  })
})
