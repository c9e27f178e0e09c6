import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { interruption, watchForInterruption } from './setup/interruption.mjs'
import { locate } from './setup/locations.mjs'
import { setUp } from './setup/setUp.mjs'
import { SetupFailure } from './setup/SetupFailure.mjs'

/**
 * Sets up what `purpose` needs, then runs `action` and ends with the exit code that it returns.
 * Expected failures become one line; what a failed program printed is kept in `.setup/failure.log`.
 * @param {import('./setup/setUp.mjs').Purpose} purpose
 * @param {(locations: import('./setup/locations.mjs').Locations) => Promise<number>} action
 */
export async function withSetUp(purpose, action) {
  const unwatch = watchForInterruption()
  try {
    const locations = await setUp(purpose)
    unwatch()
    process.exitCode = await action(locations)
  } catch (cause) {
    process.exitCode = report(cause)
  }
}

/** @param {unknown} cause */
function report(cause) {
  // Whatever was under way when the signal came ends in an error of its own.
  if (interruption.aborted) {
    process.stderr.write(`\n${interruption.reason.message}\n`)
    return interruption.reason.exitCode
  }
  if (!(cause instanceof SetupFailure)) throw cause
  process.stderr.write(`error: ${cause.message}\n`)
  if (cause.output) {
    const log = join(locate().state, 'failure.log')
    mkdirSync(locate().state, { recursive: true })
    writeFileSync(log, cause.output)
    process.stderr.write(`The whole output is in ${log}\n`)
  }
  return 1
}
