import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { buildApplication, electronEnvironment } from '../buildApplication.mjs'
import { runChecks } from '../runChecks.mjs'
import { runForeground } from '../runForeground.mjs'
import { childEnvironment, nodeExecutable } from '../setup/locations.mjs'
import { countPlaywright, countVitest } from './countResults.mjs'

/**
 * @param {import('../setup/locations.mjs').Locations} locations
 * @returns {import('./runStages.mjs').Stage[]}
 */
export function testStages(locations) {
  return [
    { name: 'check', run: () => check(locations) },
    { name: 'build', run: () => build(locations) },
    { name: 'unit and engine', run: () => unitAndEngine(locations) },
    { name: 'window', run: () => window(locations) },
  ]
}

/** @param {import('../setup/locations.mjs').Locations} locations */
async function check(locations) {
  const { failed } = await runChecks([], locations)
  return { passed: 0, failed: failed.length, isOk: failed.length === 0 }
}

/** @param {import('../setup/locations.mjs').Locations} locations */
async function build(locations) {
  await buildApplication(locations)
  return { passed: 0, failed: 0, isOk: true }
}

/** @param {import('../setup/locations.mjs').Locations} locations */
async function unitAndEngine(locations) {
  const report = join(locations.state, 'vitest.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const args = [join(locations.nodeModules, 'vitest/vitest.mjs'), 'run', ...reporters]
  return runAndCount(nodeExecutable(locations), args, report, countVitest, locations)
}

/**
 * On Linux always under a virtual display: the tests then neither need the user's nor disturb it.
 * @param {import('../setup/locations.mjs').Locations} locations
 */
async function window(locations) {
  const report = join(locations.state, 'playwright.json')
  const args = [join(locations.nodeModules, '@playwright/test/cli.js'), 'test', '--reporter=list,json']
  const node = nodeExecutable(locations)
  // Without -noreset the display starts anew when its last client leaves, and the next window hangs on it.
  const virtualDisplay = ['--auto-servernum', '--server-args=-screen 0 1600x1000x24 -noreset', node]
  return process.platform === 'linux'
    ? runAndCount('xvfb-run', [...virtualDisplay, ...args], report, countPlaywright, locations)
    : runAndCount(node, args, report, countPlaywright, locations)
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {string} report file that the test runner writes
 * @param {(report: unknown) => { passed: number, failed: number }} count
 * @param {import('../setup/locations.mjs').Locations} locations
 */
async function runAndCount(command, args, report, count, locations) {
  rmSync(report, { force: true })
  const code = await runForeground(command, args, {
    cwd: locations.root,
    env: { ...childEnvironment(locations), ...electronEnvironment(locations), PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  return { ...count(readReport(report)), isOk: code === 0 }
}

/** @param {string} report */
function readReport(report) {
  try {
    return JSON.parse(readFileSync(report, 'utf8'))
  } catch {
    // The runner ended before it wrote one; its exit code tells, and there is nothing to count.
    return {}
  }
}
