// Run by Node 24 in the root of the checkout: [--unpacked] [--as-version VERSION] [--out FOLDER] [TARGET...]
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { locate } from '../setup/locations.mjs'
import { SetupFailure } from '../setup/SetupFailure.mjs'
import { packageApplication } from './packageApplication.mjs'
import { defaultTargets, knownTargets } from './targets.mjs'

/** @param {string[]} args */
function parse(args) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      unpacked: { type: 'boolean', default: false },
      'as-version': { type: 'string' },
      out: { type: 'string', default: 'dist' },
    },
  })
  const unknown = positionals.find((name) => !knownTargets().includes(name))
  if (unknown !== undefined)
    throw new SetupFailure(`unknown target ${unknown}: on this system there are ${knownTargets().join(', ')}`)
  const targets = positionals.length > 0 ? positionals : defaultTargets()
  return {
    targets: values.unpacked ? [] : targets,
    version: values['as-version'],
    outputFolder: resolve(values.out),
  }
}

try {
  await packageApplication(locate(), parse(process.argv.slice(2)))
} catch (cause) {
  if (!(cause instanceof SetupFailure) && !(cause instanceof TypeError && 'code' in cause)) throw cause
  process.stderr.write(`error: ${cause.message}\n`)
  process.exitCode = cause instanceof SetupFailure ? 1 : 2
}
