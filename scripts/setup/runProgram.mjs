import { spawn } from 'node:child_process'
import { SetupFailure } from './SetupFailure.mjs'
import { interruption } from './interruption.mjs'
import { pickReason } from './pickReason.mjs'

/**
 * @typedef {object} ProgramOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {() => void} [onTick] called once a second while the program runs
 */

/**
 * Runs a program to its end and returns its standard output. Its failure becomes a SetupFailure
 * that names the program's own reason and carries all that it printed.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {ProgramOptions} [options]
 * @returns {Promise<string>}
 */
export function runProgram(command, args, { cwd, env, onTick } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
    const ticking = onTick && setInterval(onTick, 1000)
    const stop = () => child.kill('SIGTERM')
    interruption.addEventListener('abort', stop)
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text))

    const settle = (/** @type {() => void} */ outcome) => {
      clearInterval(ticking)
      interruption.removeEventListener('abort', stop)
      if (interruption.aborted) reject(interruption.reason)
      else outcome()
    }
    child.on('error', (cause) => {
      settle(() => reject(new SetupFailure(`cannot start ${command}: ${cause.message}`, { cause })))
    })
    child.on('close', (code, signal) => {
      const end = signal === null ? `exit code ${code}` : `signal ${signal}`
      settle(() => {
        if (code === 0) resolve(stdout)
        else reject(new SetupFailure(`${pickReason(stderr, stdout)} (${end})`, { output: `${stdout}${stderr}` }))
      })
    })
  })
}
