import { expect, it } from 'vitest'
import { joinNames } from '#core/format/joinNames.ts'

it('sets the last name off with and', () => {
  expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(joinNames)).toEqual(['', 'a', 'a and b', 'a, b and c'])
})
