import { execFile } from 'node:child_process'
import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Wheel } from './wheels.ts'

const reportSchema = z.object({
  install: z.tuple([
    z.object({ download_info: z.object({ url: z.string(), archive_info: z.object({ hash: z.string() }) }) }),
  ]),
})

/** The program that runs pip here, or null when there is none. */
export async function findPip(signal: AbortSignal): Promise<string | null> {
  for (const python of ['python3', 'python'])
    if ((await run(python, ['-m', 'pip', '--version'], signal)).isOk) return python
  return null
}

/** Where pip, as it is configured on this machine, would take a wheel from. Null when it cannot say: an old pip, no network, an index without it. */
export async function askPip(python: string, wheel: Wheel, signal: AbortSignal): Promise<string | null> {
  const args = ['install', '--dry-run', '--ignore-installed', '--quiet', '--report', '-', '--target', 'unused']
  const { isOk, stdout } = await run(python, ['-m', 'pip', ...args, ...chosen(wheel)], signal)
  const report = isOk ? reportSchema.safeParse(parseJson(stdout)) : null
  if (report?.success !== true) return null
  const { url, archive_info: archive } = report.data.install[0].download_info
  return archive.hash === `sha256=${wheel.sha256}` ? url : null
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
    // pip writes to its temporary folder first: both the size and what a kill leaves are then seen here.
    const { isOk, stderr } = await run(python, ['-m', 'pip', ...args], signal, { TMPDIR: staging })
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
  environment: NodeJS.ProcessEnv = {},
): Promise<{ isOk: boolean; stdout: string; stderr: string }> {
  // PIP_USER would contradict --target.
  const env = { ...process.env, PIP_USER: '0', PIP_DISABLE_PIP_VERSION_CHECK: '1', ...environment }
  return new Promise((resolve, reject) => {
    execFile(program, [...args], { env, signal, maxBuffer: 64e6 }, (error, stdout, stderr) => {
      if (signal.aborted) reject(signal.reason)
      else resolve({ isOk: error === null, stdout, stderr })
    })
  })
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

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    if (cause instanceof SyntaxError) return null
    throw cause
  }
}
