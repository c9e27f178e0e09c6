import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { runFileName } from '#engine/runfile/runFileFormat.ts'
import { ErgoscopeError } from '#shared/errors.ts'

/** A window that cannot open (no such display, no sandbox) ends at once. */
const patienceMs = 2000

/** Opens the installed program's window, which outlives this terminal. Throws ErgoscopeError when it cannot. */
export async function startWindow(program: string, target: string): Promise<void> {
  if (process.platform === 'linux') requireDesktop(target)
  const child = spawn(program, [target], { detached: true, stdio: 'ignore' })
  await once(child, 'spawn')
  child.unref()
  const ended = once(child, 'exit').then(([code, signal]) => code !== 0 && String(code ?? signal))
  const reason = await Promise.race([ended, wait(patienceMs, false as const)])
  if (reason === false) return
  throw new ErgoscopeError(
    'engine-unavailable',
    `the window ended at once (${reason}); ${program} started by itself says why, ergoscope doctor what works here`,
  )
}

/** Whether a window could be seen here. */
export function hasDisplay({ DISPLAY, WAYLAND_DISPLAY } = process.env): boolean {
  return process.platform !== 'linux' || Boolean(DISPLAY) || Boolean(WAYLAND_DISPLAY)
}

function requireDesktop(target: string): void {
  const instead = existsSync(join(target, runFileName)) ? `show ${target}` : `runs --workspace ${target}`
  if (!hasDisplay())
    throw new ErgoscopeError(
      'not-found',
      `no display to open ${target} in (neither DISPLAY nor WAYLAND_DISPLAY is set); in the terminal: ergoscope ${instead}`,
    )
  if (process.getuid?.() === 0)
    throw new ErgoscopeError('engine-unavailable', 'the window has no sandbox for root: start it as an ordinary user')
}
