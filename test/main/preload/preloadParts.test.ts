import { expect, test } from 'vitest'
import { createCallIds } from '../../../src-main/preload/callIds.ts'
import { createReplayed } from '../../../src-main/preload/replayed.ts'

test('each call has its own id towards main, and the page cancels by the one that it chose', () => {
  const calls = createCallIds()
  const first = calls.begin(7)
  const second = calls.begin(undefined)
  expect(second).not.toBe(first)
  expect(calls.ofPage(7)).toBe(first)
  calls.end(first)
  expect(calls.ofPage(7)).toBeNull()
})

test('a page that uses an id again cancels the newer call, also after the older one ended', () => {
  const calls = createCallIds()
  const older = calls.begin(1)
  const newer = calls.begin(1)
  calls.end(older)
  expect(calls.ofPage(1)).toBe(newer)
})

test('every new listener gets the latest state', () => {
  const states = createReplayed<string>('latest')
  states.push('starting')
  states.push('ready')
  const seen: string[] = []
  states.listen((state) => seen.push(state))
  states.push('restarting')
  expect(seen).toEqual(['ready', 'restarting'])
})

test('the first listener gets all targets that came before it, a later one none of them', () => {
  const targets = createReplayed<number>('all')
  targets.push(1)
  targets.push(2)
  const first: number[] = []
  const end = targets.listen((target) => first.push(target))
  const second: number[] = []
  targets.listen((target) => second.push(target))
  end()
  targets.push(3)
  expect([first, second]).toEqual([[1, 2], [3]])
})
