import type { Command } from 'commander'
import { runDoctor } from '#engine/doctor/runDoctor.ts'
import { workspacePath } from '../context.ts'
import type { CommonOptions } from '../options.ts'
import { printJson, printLine } from '../output.ts'

const marks = { works: 'ok     ', limited: 'limited', missing: 'missing' } as const

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('Say what works on this machine, and what to do about the rest.')
    .action(async (_options, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions>()
      const checks = await runDoctor({ workspacePath: workspacePath(options) })
      if (options.json) printJson({ checks })
      else
        for (const check of checks) {
          printLine(`${marks[check.status]}  ${check.title}: ${check.detail}`)
          if (check.advice) printLine(`         ${check.advice}`)
          if (check.command) printLine(`         $ ${check.command}`)
        }
      if (checks.some((check) => check.status === 'missing')) process.exitCode = 1
    })
}
