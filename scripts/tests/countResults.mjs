/**
 * @param {unknown} report of vitest's JSON reporter
 * @returns {{ passed: number, failed: number }}
 */
export function countVitest(report) {
  return { passed: numberAt(report, 'numPassedTests'), failed: numberAt(report, 'numFailedTests') }
}

/**
 * A test that passed only when it was repeated counts as passed; Playwright lists it as flaky.
 * @param {unknown} report of Playwright's JSON reporter
 * @returns {{ passed: number, failed: number }}
 */
export function countPlaywright(report) {
  const stats = Object(report).stats
  return { passed: numberAt(stats, 'expected') + numberAt(stats, 'flaky'), failed: numberAt(stats, 'unexpected') }
}

/**
 * @param {unknown} record
 * @param {string} key
 */
function numberAt(record, key) {
  const value = Object(record)[key]
  return typeof value === 'number' ? value : 0
}
