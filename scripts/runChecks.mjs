import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { checks } from './checks.mjs'
import { childEnvironment, nodeExecutable } from './setup/locations.mjs'

const parallelCount = 2

/**
 * Runs the checks, two at a time; the output of a failed one is shown whole.
 * @param {string[]} names checks to run, or beginnings of their names; none: all
 * @param {import('./setup/locations.mjs').Locations} locations
 * @returns {Promise<{ failed: string[], unknown: string[] }>}
 */
export async function runChecks(names, locations) {
  const unknown = names.filter((name) => !checks.some((check) => check.name.startsWith(name)))
  if (unknown.length > 0) return { failed: [], unknown }
  const waiting = checks.filter(({ name }) => names.length === 0 || names.some((start) => name.startsWith(start)))
  /** @type {string[]} */
  const failed = []
  const lane = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      const startMs = Date.now()
      const { code, output } = await runCheck(check, locations)
      const seconds = ((Date.now() - startMs) / 1000).toFixed(1)
      if (code !== 0) failed.push(check.name)
      process.stdout.write(
        `${code === 0 ? 'ok    ' : 'FAILED'}  ${check.name} (${seconds} s)\n${code === 0 ? '' : output}`,
      )
    }
  }
  await Promise.all(Array.from({ length: parallelCount }, lane))
  return { failed, unknown }
}

/**
 * @param {(typeof checks)[number]} check
 * @param {import('./setup/locations.mjs').Locations} locations
 * @returns {Promise<{ code: number | null, output: string }>}
 */
function runCheck({ tool, args }, locations) {
  return new Promise((resolve, reject) => {
    const child = spawn(nodeExecutable(locations), [join(locations.nodeModules, tool), ...args], {
      cwd: locations.root,
      env: childEnvironment(locations),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text) => (output += text))
    child.stderr.setEncoding('utf8').on('data', (text) => (output += text))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, output }))
  })
}
