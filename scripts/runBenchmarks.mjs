import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { runForeground } from './runForeground.mjs'
import { childEnvironment, nodeExecutable } from './setup/locations.mjs'

/**
 * Runs benchmarks one after the other, so that they do not measure each other.
 * @param {string[]} names of files in `benchmarks/` without `.ts`; none: all
 * @param {import('./setup/locations.mjs').Locations} locations
 * @returns {Promise<number>} exit code
 */
export async function runBenchmarks(names, locations) {
  const folder = join(locations.root, 'benchmarks')
  const available = readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .toSorted()
  const unknown = names.find((name) => !available.includes(name))
  if (unknown !== undefined) {
    process.stderr.write(`error: no benchmark ${unknown}: there are ${available.join(', ')}\n`)
    return 2
  }
  for (const name of names.length > 0 ? names : available) {
    process.stdout.write(`\n${name}\n`)
    const code = await runForeground(nodeExecutable(locations), [join(folder, `${name}.ts`)], {
      cwd: locations.root,
      env: childEnvironment(locations),
    })
    if (code !== 0) return code
  }
  return 0
}
