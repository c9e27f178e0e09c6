import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { ErgoscopeError } from '#shared/errors.ts'
import { installation } from '#engine/installation/installation.ts'
import { workspacePath } from '../context.ts'
import type { CommonOptions } from '../options.ts'
import { startWindow } from '../startWindow.ts'

const checkout = join(import.meta.dirname, '..', '..', '..')

export function addOpen(program: Command): void {
  program
    .command('open')
    .description('Open the window on a workspace or on one run.')
    .argument(
      '[PATH]',
      'workspace or run folder, or an ergoscope:// link; default: the workspace of the other commands',
    )
    .action(async (path: string | undefined, _options, command: Command) => {
      const target = path ? targetOf(path) : workspacePath(command.optsWithGlobals<CommonOptions>())
      if (installation === null) process.exitCode = await startFromCheckout(target)
      else await startWindow(installation.window, target)
    })
}

/** Links are judged by the window, as everywhere. */
function targetOf(path: string): string {
  if (/^ergoscope:/i.test(path)) return path
  const target = resolve(path)
  if (existsSync(target)) return target
  throw new ErgoscopeError('not-found', `${target} does not exist: give the folder of a workspace or of a run`)
}

async function startFromCheckout(target: string): Promise<number> {
  const child = spawn(process.execPath, [join(checkout, 'scripts', 'start.mjs'), target], { stdio: 'inherit' })
  const [code] = await once(child, 'exit')
  return typeof code === 'number' ? code : 1
}
