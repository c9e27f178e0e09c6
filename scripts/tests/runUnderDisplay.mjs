import { nodeExecutable } from '../setup/locations.mjs'
import { runAndCount } from './runAndCount.mjs'

/**
 * Runs window tests, on Linux always under a virtual display: they then neither need the user's nor disturb it.
 * @param {string[]} args of Node
 * @param {string} report
 * @param {(report: unknown) => import('./readResults.mjs').Results} read
 * @param {import('../setup/locations.mjs').Locations} locations
 */
export function runUnderDisplay(args, report, read, locations) {
  const node = nodeExecutable(locations)
  if (process.platform !== 'linux') return runAndCount(node, args, report, read, locations)
  // Without -noreset the display starts anew when its last client leaves, and the next window hangs on it.
  const virtualDisplay = ['--auto-servernum', '--server-args=-screen 0 1600x1000x24 -noreset', node]
  return runAndCount('xvfb-run', [...virtualDisplay, ...args], report, read, locations)
}
