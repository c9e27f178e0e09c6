import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { join } from 'node:path'

export interface CommandOutcome {
  code: number | null
  stdout: string
  stderr: string
}

const entry = join(import.meta.dirname, '..', '..', 'src-engine', 'cli', 'main.ts')

/** The real command in a process of its own, as a user has it. */
export async function ergoscope(...args: string[]): Promise<CommandOutcome> {
  const child = spawn(process.execPath, [entry, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  return { code: child.exitCode, stdout, stderr }
}

/** As `ergoscope`, with `--json`; a command that failed fails the test with its own message. */
export async function ergoscopeJson<Result>(...args: string[]): Promise<Result> {
  const { code, stdout, stderr } = await ergoscope(...args, '--json')
  if (code !== 0) throw new Error(`ergoscope ${args.join(' ')} ended with ${code}: ${stderr}`)
  return JSON.parse(stdout) as Result // the test says which documented form it expects
}
