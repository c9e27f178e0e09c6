/**
 * What a test runner reported.
 * @typedef {{ name: string, reason: string }} NamedTest reason: first line of the message, empty when there is none
 * @typedef {{ passed: number, failed: number, failures: NamedTest[], flaky: NamedTest[] }} Results
 */

/**
 * @param {unknown} report of vitest's JSON reporter
 * @returns {Results}
 */
export function readVitest(report) {
  const failures = list(report, 'testResults').flatMap((file) => {
    const failed = list(file, 'assertionResults').filter((test) => Object(test).status === 'failed')
    const isBrokenFile = failed.length === 0 && Object(file).status === 'failed'
    if (isBrokenFile) return [{ name: text(file, 'name'), reason: firstLine(text(file, 'message')) }]
    return failed.map((test) => ({
      name: text(test, 'fullName'),
      reason: firstLine(texts(test, 'failureMessages')[0] ?? ''),
    }))
  })
  return { passed: count(report, 'numPassedTests'), failed: count(report, 'numFailedTests'), failures, flaky: [] }
}

/**
 * A test that passed only when it was repeated counts as passed, and is named: it is a fault of the test or of the application all the same.
 * @param {unknown} report of Playwright's JSON reporter
 * @returns {Results}
 */
export function readPlaywright(report) {
  const stats = Object(report).stats
  const tests = specsOf(report)
  /** @param {string} status */
  const withStatus = (status) =>
    tests.filter((test) => test.status === status).map(({ name, reason }) => ({ name, reason }))
  return {
    passed: count(stats, 'expected') + count(stats, 'flaky'),
    failed: count(stats, 'unexpected'),
    failures: withStatus('unexpected'),
    flaky: withStatus('flaky'),
  }
}

/**
 * @param {unknown} suite with suites and specs below it
 * @returns {(NamedTest & { status: string })[]}
 */
function specsOf(suite) {
  const own = list(suite, 'specs').flatMap((spec) =>
    list(spec, 'tests').map((test) => {
      const errors = list(test, 'results').flatMap((result) => list(result, 'errors'))
      return {
        name: `${text(spec, 'file')}:${String(Object(spec).line)} ${text(spec, 'title')}`,
        reason: firstLine(text(errors[0], 'message')),
        status: text(test, 'status'),
      }
    }),
  )
  return [...own, ...list(suite, 'suites').flatMap(specsOf)]
}

// oxlint-disable-next-line no-control-regex -- the runners colour their messages by escape sequences
const colours = /\u001B\[[\d;]*m/g

/** @param {string} message */
function firstLine(message) {
  return message.replaceAll(colours, '').trim().split('\n')[0] ?? ''
}

/**
 * @param {unknown} record
 * @param {string} key
 * @returns {unknown[]}
 */
function list(record, key) {
  const value = Object(record)[key]
  return Array.isArray(value) ? value : []
}

/**
 * @param {unknown} record
 * @param {string} key
 */
function texts(record, key) {
  return list(record, key).filter((value) => typeof value === 'string')
}

/**
 * @param {unknown} record
 * @param {string} key
 */
function text(record, key) {
  const value = Object(record)[key]
  return typeof value === 'string' ? value : ''
}

/**
 * @param {unknown} record
 * @param {string} key
 */
function count(record, key) {
  const value = Object(record)[key]
  return typeof value === 'number' ? value : 0
}
