import { expect, test } from 'vitest'
import { overBudget } from '../../../scripts/packaging/budget.mjs'

const contents = { 'app/': 100, 'app/native/': 50, license: 10 }
const good = [
  { path: 'app/main.js', bytes: 60 },
  { path: 'app/native/addon.node', bytes: 50 },
  { path: 'license', bytes: 10 },
]

test('contents within the budget have no problem', () => {
  expect(overBudget(good, contents, [], 120)).toEqual([])
})

test('a file counts for the nearest folder above it', () => {
  const files = good.with(1, { path: 'app/native/addon.node', bytes: 51 })
  expect(overBudget(files, contents, [])).toEqual(['app/native/ is 51 bytes, 50 are allowed'])
})

test('what is unknown, missing, forbidden or too much altogether is named', () => {
  const files = [
    { path: 'app/main.js', bytes: 60 },
    { path: 'app/main.js.map', bytes: 5 },
    { path: 'app/native/addon.node', bytes: 50 },
    { path: 'stray', bytes: 1 },
  ]
  expect(overBudget(files, contents, ['\\.map$'], 100)).toEqual([
    'app/main.js.map is forbidden',
    'stray is not in the budget',
    'license is missing',
    'all files are 116 bytes, 100 are allowed',
  ])
})
