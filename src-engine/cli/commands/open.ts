import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { ErgoscopeError } from '#shared/errors.ts'
import { installation } from '#engine/installation/installation.ts'
import { workspacePath } from '../context.ts'
import type { CommonOptions } from '../options.ts'

const checkout = join(import.meta.dirname, '..', '..', '..')

export function addOpen(program: Command): void {
  program
    .command('open')
    .description('Open the window on a workspace or on one run.')
    .argument('[PATH]', 'workspace or run folder; default: the workspace of the other commands')
    .action(async (path: string | undefined, _options, command: Command) => {
      const target = path ? resolve(path) : workspacePath(command.optsWithGlobals<CommonOptions>())
      if (installation === null) process.exitCode = await startFromCheckout(target)
      else await startInstalled(installation.window, target)
    })
}

async function startFromCheckout(target: string): Promise<number> {
  const child = spawn(process.execPath, [join(checkout, 'scripts', 'start.mjs'), target], { stdio: 'inherit' })
  const [code] = await once(child, 'exit')
  return typeof code === 'number' ? code : 1
}

/** The window outlives this terminal. */
async function startInstalled(program: string, target: string): Promise<void> {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY)
    throw new ErgoscopeError(
      'not-found',
      `no display to open ${target} in (neither DISPLAY nor WAYLAND_DISPLAY is set); in the terminal: ergoscope runs --workspace ${target}`,
    )
  if (process.platform === 'linux' && process.getuid?.() === 0)
    throw new ErgoscopeError('bad-request', 'the window has no sandbox for root: start it as an ordinary user')
  const child = spawn(program, [target], { detached: true, stdio: 'ignore' })
  await once(child, 'spawn')
  child.unref()
}
