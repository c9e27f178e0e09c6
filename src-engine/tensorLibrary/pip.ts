import { execFile, spawn } from 'node:child_process'
import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Wheel } from './wheels.ts'

/** The program that runs pip here, or null when there is none. */
export async function findPip(signal: AbortSignal): Promise<string | null> {
  for (const python of ['python3', 'python'])
    if ((await run(python, ['-m', 'pip', '--version'], signal)).isOk) return python
  return null
}

/**
 * Where pip, as it is configured on this machine, would take a wheel from: it tells the links that it found before it fetches anything, and is stopped there. (A report of
 * `--dry-run` has the link too, but many versions of pip fetch the whole wheel for it.) Null when it cannot say: no network, an index without it, a password in the address.
 */
export async function askPip(
  python: string,
  wheel: Wheel,
  { staging, signal }: { staging: string; signal: AbortSignal },
): Promise<string | null> {
  mkdirSync(staging, { recursive: true })
  const args = ['-m', 'pip', 'download', '-vv', '--no-cache-dir', '-d', staging, ...chosen(wheel)]
  const env = { ...pipEnvironment(staging), PIP_QUIET: '0' }
  const pip = spawn(python, args, { env, stdio: ['ignore', 'pipe', 'ignore'] })
  const ended = new Promise((resolve) => pip.once('exit', resolve).once('error', resolve))
  const stop = (): boolean => pip.kill('SIGKILL')
  signal.addEventListener('abort', stop)
  try {
    for await (const line of createInterface({ input: pip.stdout })) {
      const url = linkIn(line, wheel)
      if (url !== null) return url
    }
    signal.throwIfAborted()
    return null
  } finally {
    signal.removeEventListener('abort', stop)
    stop()
    await ended
    rmSync(staging, { recursive: true, force: true })
  }
}

/** `Found link URL#sha256=HASH (from INDEX), version: VERSION` */
function linkIn(line: string, wheel: Wheel): string | null {
  const [, url = '', sha256 = wheel.sha256] = /^\s*Found link ([^\s#,]+)(?:#\S*sha256=(\w{64}))?/.exec(line) ?? []
  if (!URL.canParse(url) || sha256 !== wheel.sha256) return null
  const { pathname, password } = new URL(url)
  return password === '' && pathname.endsWith(`/${encodeURIComponent(wheel.file)}`) ? url : null
}

/** Lets pip itself fetch a wheel: it knows proxies, certificates and passwords that only it is configured with. It begins anew each time. */
export async function downloadWithPip(
  python: string,
  wheel: Wheel,
  file: string,
  { signal, onBytes }: { signal: AbortSignal; onBytes: (bytes: number) => void },
): Promise<{ isOk: boolean; reason: string }> {
  const staging = `${file}.pip`
  rmSync(staging, { recursive: true, force: true })
  mkdirSync(staging, { recursive: true })
  const ticking = setInterval(() => onBytes(sizeBelow(staging)), 500)
  const args = ['download', '--no-cache-dir', '--progress-bar', 'off', '-d', staging, ...chosen(wheel)]
  try {
    const { isOk, stderr } = await run(python, ['-m', 'pip', ...args], signal, pipEnvironment(staging))
    if (isOk) renameSync(join(staging, wheel.file), file)
    return { isOk, reason: pipReason(stderr) }
  } finally {
    clearInterval(ticking)
    rmSync(staging, { recursive: true, force: true })
  }
}

/** The command that fetches a wheel on a machine with a network. */
export function pipCommand(wheel: Wheel): string {
  return ['python3 -m pip download', ...chosen(wheel)].join(' ')
}

function chosen({ project, version, platform }: Wheel): string[] {
  const target = ['--python-version', '3.12', '--platform', platform]
  return ['--no-deps', '--only-binary=:all:', ...target, `${project}==${version}`]
}

function run(
  program: string,
  args: readonly string[],
  signal: AbortSignal,
  env: NodeJS.ProcessEnv = process.env,
): Promise<{ isOk: boolean; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    execFile(program, [...args], { env, signal, maxBuffer: 64e6 }, (error, stdout, stderr) => {
      if (signal.aborted) reject(signal.reason)
      else resolve({ isOk: error === null, stdout, stderr })
    })
  })
}

/** pip writes to its temporary folder first: what it leaves when it is stopped is then in `staging`. */
function pipEnvironment(staging: string): NodeJS.ProcessEnv {
  return { ...process.env, PIP_DISABLE_PIP_VERSION_CHECK: '1', TMPDIR: staging }
}

/** The line of pip's that says why. */
function pipReason(stderr: string): string {
  // Without a network pip ends with "no matching distribution", which sounds as if there were none.
  if (stderr.includes('WARNING: Retrying')) return 'pip cannot reach its package index'
  const lines = stderr.split('\n').filter((line) => line.startsWith('ERROR: '))
  return (lines.at(-1) ?? stderr.trim().split('\n').at(-1) ?? '').replace('ERROR: ', '').trim()
}

function sizeBelow(folder: string): number {
  try {
    return readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .reduce((sum, { parentPath, name }) => sum + (statSync(join(parentPath, name)).size ?? 0), 0)
  } catch {
    return 0 // pip removes folders between two looks at them
  }
}
