import { join } from 'node:path'
import { runForeground } from '../runForeground.mjs'
import { childEnvironment, nodeExecutable } from '../setup/locations.mjs'
import { readPlaywright } from './readResults.mjs'
import { runUnderDisplay } from './runUnderDisplay.mjs'

/** Version of the package that the tests upgrade from. */
const previousVersion = '0.0.9'

/**
 * `npm run test:package`: everything, from the build to what is left after the removal.
 * @param {import('../setup/locations.mjs').Locations} locations
 * @returns {import('./runStages.mjs').Stage[]}
 */
export function packageStages(locations) {
  const canInstall = process.platform === 'linux' && process.getuid?.() === 0
  return [
    { name: 'build', run: () => build(locations, 'current', ['deb', 'zip']) },
    { name: 'contents', run: () => test(locations, 'unpacked') },
    ...(canInstall ? installedStages(locations) : [{ name: 'installed', run: skip }]),
  ]
}

/**
 * The short form, part of `npm test`: the unpacked application.
 * @param {import('../setup/locations.mjs').Locations} locations
 */
export async function checkUnpacked(locations) {
  const built = await build(locations, 'current', [])
  return built.isOk ? test(locations, 'unpacked') : built
}

/**
 * @param {import('../setup/locations.mjs').Locations} locations
 * @returns {import('./runStages.mjs').Stage[]}
 */
function installedStages(locations) {
  return [
    { name: 'previous version', run: () => build(locations, 'previous', ['deb'], previousVersion) },
    { name: 'installed', run: () => test(locations, 'installed') },
  ]
}

async function skip() {
  process.stdout.write(
    'SKIPPED: installing, upgrading and removing the package needs root on Debian or Ubuntu; the package itself was built and checked\n',
  )
  return { passed: 0, failed: 0, isOk: true }
}

/**
 * @param {import('../setup/locations.mjs').Locations} locations
 * @param {string} name of the folder
 * @param {string[]} targets none: only the unpacked application
 * @param {string} [version]
 */
async function build(locations, name, targets, version) {
  const script = join(locations.root, 'scripts', 'packaging', 'main.mjs')
  const what = targets.length > 0 ? targets : ['--unpacked']
  const args = [script, ...what, '--out', join(locations.state, 'package', name)]
  if (version !== undefined) args.push('--as-version', version)
  const code = await runForeground(nodeExecutable(locations), args, {
    cwd: locations.root,
    env: childEnvironment(locations),
  })
  return { passed: 0, failed: code === 0 ? 0 : 1, isOk: code === 0 }
}

/**
 * @param {import('../setup/locations.mjs').Locations} locations
 * @param {string} name of the test's file
 */
function test(locations, name) {
  const report = join(locations.state, 'playwright.json')
  const configuration = join(locations.root, 'test', 'package', 'playwright.config.ts')
  const args = [join(locations.nodeModules, '@playwright/test/cli.js'), 'test', '--config', configuration, name]
  return runUnderDisplay([...args, '--reporter=list,json'], report, readPlaywright, locations)
}
