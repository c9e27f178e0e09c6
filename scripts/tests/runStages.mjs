import { SetupFailure } from '../setup/SetupFailure.mjs'

/**
 * What a stage found. A stage that failed without a failed test (a type error, a crash) counts as one failure.
 * @typedef {import('./readResults.mjs').NamedTest} NamedTest
 * @typedef {{ passed: number, failed: number, isOk: boolean, failures?: NamedTest[], flaky?: NamedTest[] }} StageResult
 * @typedef {{ name: string, run: () => Promise<StageResult> }} Stage
 */

/**
 * Runs the stages in order, all of them even when one fails, and prints a summary: each stage with the tests that failed in it, and the sum in the last line.
 * @param {Stage[]} stages
 * @param {(text: string) => void} write
 * @returns {Promise<number>} exit code
 */
export async function runStages(stages, write = (text) => process.stdout.write(text)) {
  const startMs = Date.now()
  const summary = []
  let passed = 0
  let failed = 0
  for (const { name, run } of stages) {
    write(`\n== ${name}\n`)
    const stageStartMs = Date.now()
    const result = await run().catch(asFailure(write))
    passed += result.passed
    failed += result.isOk ? 0 : Math.max(1, result.failed)
    summary.push(`${result.isOk ? 'ok    ' : 'FAILED'}  ${name} (${seconds(stageStartMs)} s)`)
    summary.push(...named('failed', result.failures), ...named('passed when repeated', result.flaky))
  }
  write(`\n${summary.join('\n')}\ntotal ${seconds(startMs)} s\n${passed} passed, ${failed} failed\n`)
  return failed === 0 ? 0 : 1
}

/**
 * @param {string} what
 * @param {NamedTest[]} [tests]
 */
function named(what, tests = []) {
  return tests.map(({ name, reason }) => `        ${what}: ${name}${reason === '' ? '' : ` (${reason})`}`)
}

/**
 * @param {(text: string) => void} write
 * @returns {(cause: unknown) => StageResult}
 */
function asFailure(write) {
  return (cause) => {
    if (!(cause instanceof SetupFailure)) throw cause
    write(`error: ${cause.message}\n${cause.output}\n`)
    return { passed: 0, failed: 1, isOk: false }
  }
}

/** @param {number} sinceMs */
function seconds(sinceMs) {
  return Math.round((Date.now() - sinceMs) / 1000)
}
