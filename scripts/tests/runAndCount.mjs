import { readFileSync, rmSync } from 'node:fs'
import { electronEnvironment } from '../buildApplication.mjs'
import { runForeground } from '../runForeground.mjs'
import { childEnvironment } from '../setup/locations.mjs'

/**
 * Runs a test runner on this terminal and reads what it reports.
 * @param {string} command
 * @param {string[]} args
 * @param {string} report file that the test runner writes
 * @param {(report: unknown) => import('./readResults.mjs').Results} read
 * @param {import('../setup/locations.mjs').Locations} locations
 */
export async function runAndCount(command, args, report, read, locations) {
  rmSync(report, { force: true })
  const code = await runForeground(command, args, {
    cwd: locations.root,
    env: { ...childEnvironment(locations), ...electronEnvironment(locations), PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  return { ...read(readReport(report)), isOk: code === 0 }
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
