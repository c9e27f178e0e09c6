import { expect, test } from 'vitest'
import { SetupFailure } from '../../../scripts/setup/SetupFailure.mjs'
import { countPlaywright, countVitest } from '../../../scripts/tests/countResults.mjs'
import { runStages } from '../../../scripts/tests/runStages.mjs'

async function lastLineOf(stages: Parameters<typeof runStages>[0]) {
  let text = ''
  const code = await runStages(stages, (piece) => (text += piece))
  return { code, lastLine: text.trimEnd().split('\n').at(-1) }
}

const passing = { name: 'unit', run: async () => ({ passed: 12, failed: 0, isOk: true }) }

test('the last line sums the stages', async () => {
  const window = { name: 'window', run: async () => ({ passed: 3, failed: 2, isOk: false }) }
  expect(await lastLineOf([passing, window])).toEqual({ code: 1, lastLine: '15 passed, 2 failed' })
  expect(await lastLineOf([passing])).toEqual({ code: 0, lastLine: '12 passed, 0 failed' })
})

test('a stage that fails without a failed test counts as one failure, and the others still run', async () => {
  const crashed = { name: 'window', run: async () => ({ passed: 0, failed: 0, isOk: false }) }
  const broken = { name: 'build', run: () => Promise.reject(new SetupFailure('syntax error')) }
  expect(await lastLineOf([broken, crashed, passing])).toEqual({ code: 1, lastLine: '12 passed, 2 failed' })
})

test('the reports of both runners are counted; an absent report counts nothing', () => {
  expect(countVitest({ numPassedTests: 4, numFailedTests: 1 })).toEqual({ passed: 4, failed: 1 })
  expect(countPlaywright({ stats: { expected: 5, flaky: 1, unexpected: 2 } })).toEqual({ passed: 6, failed: 2 })
  expect(countVitest({})).toEqual({ passed: 0, failed: 0 })
  expect(countPlaywright({})).toEqual({ passed: 0, failed: 0 })
})
