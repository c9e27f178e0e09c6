import { expect, test } from 'vitest'
import { createSavePlaces } from '../../../src-main/security/savePlaces.ts'

test('only a file that the user chose may be written', () => {
  const places = createSavePlaces()
  places.allow('/home/ada/curves.csv')
  expect(() => places.check({ path: '/home/ada/curves.csv', format: 'csv' })).not.toThrow()
  for (const request of [
    { path: '/home/ada/.bashrc' },
    { path: '/home/ada/../ada/curves.csv' },
    { path: ['/home/ada/curves.csv'] },
    {},
    null,
  ])
    expect(() => places.check(request)).toThrow(expect.objectContaining({ code: 'forbidden' }))
})
