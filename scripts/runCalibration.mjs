import { join } from 'node:path'
import { runForeground } from './runForeground.mjs'
import { childEnvironment, nodeExecutable } from './setup/locations.mjs'

/**
 * Runs the calibration of the diagnostics with Node 24.
 * @param {string[]} args `quick`, and names of parts to measure anew
 * @param {import('./setup/locations.mjs').Locations} locations
 * @returns {Promise<number>} exit code
 */
export function runCalibration(args, locations) {
  return runForeground(nodeExecutable(locations), [join(locations.root, 'calibration', 'calibrate.ts'), ...args], {
    cwd: locations.root,
    env: childEnvironment(locations),
  })
}
