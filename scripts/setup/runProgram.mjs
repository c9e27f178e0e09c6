import { spawn } from 'node:child_process'
import { SetupFailure } from './SetupFailure.mjs'

/**
 * @typedef {object} ProgramOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {() => void} [onTick] called once a second while the program runs
 */

/**
 * Runs a program to its end and returns its standard output; its failure becomes a SetupFailure
 * whose message ends with the last lines of what the program printed.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {ProgramOptions} [options]
 * @returns {Promise<string>}
 */
export function runProgram(command, args, { cwd, env, onTick } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
    const ticking = onTick && setInterval(onTick, 1000)
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text))
    child.on('error', (cause) => {
      clearInterval(ticking)
      reject(new SetupFailure(`cannot start ${command}: ${cause.message}`, { cause }))
    })
    child.on('close', (code, signal) => {
      clearInterval(ticking)
      if (code === 0) resolve(stdout)
      else reject(new SetupFailure(describeEnd(command, args, code, signal, stderr || stdout)))
    })
  })
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 * @param {string} output
 */
function describeEnd(command, args, code, signal, output) {
  const end = signal === null ? `exit code ${code}` : `signal ${signal}`
  const lastLines = output.trim().split('\n').slice(-6).join('\n  ')
  return `${command} ${args[0] ?? ''} failed (${end})${lastLines && `:\n  ${lastLines}`}`
}
