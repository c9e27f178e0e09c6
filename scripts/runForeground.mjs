import { spawn } from 'node:child_process'
import { constants } from 'node:os'

/**
 * Runs a program on this terminal and returns its exit code, 128 + the signal's number when a signal ended it.
 * Ctrl-C reaches the program by itself; this process only waits for it, and passes SIGTERM on.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>}
 */
export function runForeground(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options })
    const ignore = () => {}
    const passOn = () => child.kill('SIGTERM')
    process.on('SIGINT', ignore)
    process.on('SIGTERM', passOn)
    const settle = (/** @type {() => void} */ outcome) => {
      process.off('SIGINT', ignore)
      process.off('SIGTERM', passOn)
      outcome()
    }
    child.on('error', (cause) => settle(() => reject(cause)))
    child.on('close', (code, signal) => {
      settle(() => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])))
    })
  })
}
