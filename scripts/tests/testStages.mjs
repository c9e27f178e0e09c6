import { join } from 'node:path'
import { buildApplication } from '../buildApplication.mjs'
import { runChecks } from '../runChecks.mjs'
import { nodeExecutable } from '../setup/locations.mjs'
import { readPlaywright, readVitest } from './readResults.mjs'
import { checkUnpacked } from './packageStages.mjs'
import { runAndCount } from './runAndCount.mjs'
import { runUnderDisplay } from './runUnderDisplay.mjs'

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
    { name: 'package', run: () => checkUnpacked(locations) },
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
  return runAndCount(nodeExecutable(locations), args, report, readVitest, locations)
}

/** @param {import('../setup/locations.mjs').Locations} locations */
async function window(locations) {
  const report = join(locations.state, 'playwright.json')
  const args = [join(locations.nodeModules, '@playwright/test/cli.js'), 'test', '--reporter=list,json']
  return runUnderDisplay(args, report, readPlaywright, locations)
}
