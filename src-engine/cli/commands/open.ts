import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
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
      const child = spawn(process.execPath, [join(checkout, 'scripts', 'start.mjs'), target], { stdio: 'inherit' })
      const [code] = await once(child, 'exit')
      process.exitCode = typeof code === 'number' ? code : 1
    })
}
