import { constants } from 'node:os'

const controller = new AbortController()

/** Aborted by the first Ctrl-C or request to end, so that what is being made can be removed before the end. */
export const interruption = controller.signal

/** Turns SIGINT and SIGTERM into an orderly end of the set-up; a second signal ends at once. */
export function watchForInterruption() {
  const onSignal = (/** @type {NodeJS.Signals} */ signal) => {
    if (controller.signal.aborted) process.exit(130)
    controller.abort(new Interrupted(signal))
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  return () => {
    process.off('SIGINT', onSignal)
    process.off('SIGTERM', onSignal)
  }
}

class Interrupted extends Error {
  /** @override */
  name = 'Interrupted'

  /** @param {NodeJS.Signals} signal */
  constructor(signal) {
    super(`stopped by ${signal}; the same command goes on from here`)
    this.exitCode = 128 + constants.signals[signal]
  }
}
