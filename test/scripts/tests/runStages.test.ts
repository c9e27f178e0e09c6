import { expect, test } from 'vitest'
import { SetupFailure } from '../../../scripts/setup/SetupFailure.mjs'
import { readPlaywright, readVitest } from '../../../scripts/tests/readResults.mjs'
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

test('the summary names the tests that failed, and those that passed only when repeated', async () => {
  let text = ''
  const failures = [{ name: 'a journey', reason: 'Error: no window' }]
  const flaky = [{ name: 'a start', reason: '' }]
  const window = { name: 'window', run: async () => ({ passed: 3, failed: 1, isOk: false, failures, flaky }) }
  await runStages([window], (piece) => (text += piece))
  expect(text).toMatch(
    /FAILED {2}window .*\n {8}failed: a journey \(Error: no window\)\n {8}passed when repeated: a start\n/,
  )
})

test('the report of vitest gives counts, failed tests and files that cannot be loaded', () => {
  const results = readVitest({
    numPassedTests: 4,
    numFailedTests: 1,
    testResults: [
      {
        name: '/a.test.ts',
        status: 'failed',
        assertionResults: [
          { fullName: 'adds', status: 'passed', failureMessages: [] },
          { fullName: 'subtracts', status: 'failed', failureMessages: ['Error: 1 is not 2\n    at a.test.ts:3'] },
        ],
      },
      { name: '/b.test.ts', status: 'failed', message: 'SyntaxError: no', assertionResults: [] },
    ],
  })
  expect(results).toEqual({
    passed: 4,
    failed: 1,
    failures: [
      { name: 'subtracts', reason: 'Error: 1 is not 2' },
      { name: '/b.test.ts', reason: 'SyntaxError: no' },
    ],
    flaky: [],
  })
})

test('the report of Playwright gives counts, failed tests and flaky ones, from suites in suites', () => {
  const spec = (title: string, line: number, status: string, messages: string[]) => ({
    title,
    line,
    file: 'a.spec.ts',
    tests: [{ status, results: messages.map((message) => ({ errors: message === '' ? [] : [{ message }] })) }],
  })
  const results = readPlaywright({
    stats: { expected: 5, flaky: 1, unexpected: 1 },
    suites: [
      {
        specs: [spec('opens', 3, 'expected', [''])],
        suites: [
          {
            specs: [
              spec('closes', 7, 'unexpected', ['\u001B[31mError: hangs\u001B[39m\nCall log']),
              spec('drops', 9, 'flaky', ['Error: late', '']),
            ],
          },
        ],
      },
    ],
  })
  expect(results).toEqual({
    passed: 6,
    failed: 1,
    failures: [{ name: 'a.spec.ts:7 closes', reason: 'Error: hangs' }],
    flaky: [{ name: 'a.spec.ts:9 drops', reason: 'Error: late' }],
  })
})

test('an absent report counts nothing', () => {
  const nothing = { passed: 0, failed: 0, failures: [], flaky: [] }
  expect(readVitest({})).toEqual(nothing)
  expect(readPlaywright({})).toEqual(nothing)
})
