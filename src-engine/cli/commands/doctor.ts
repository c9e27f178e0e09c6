import type { Command } from 'commander'
import { runDoctor } from '#engine/doctor/runDoctor.ts'
import { installForUser } from '#engine/tensorLibrary/installForUser.ts'
import { ErgoscopeError } from '#shared/errors.ts'
import type { DoctorCheck } from '#shared/contract/engine.ts'
import { workspacePath } from '../context.ts'
import { createInstallDisplay } from '../installDisplay.ts'
import { collect, type CommonOptions } from '../options.ts'
import { printJson, printLine, say } from '../output.ts'

const marks = { works: 'ok     ', limited: 'limited', missing: 'missing' } as const

interface DoctorOptions extends CommonOptions {
  installEngine?: boolean
  cpu?: boolean
  cuda?: boolean
  wheel?: string[]
}

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('Say what works on this machine, and what to do about the rest; or install the tensor library.')
    .option('--install-engine', 'fetch TensorFlow, which makes training fast: 0.3 GB for the CPU, 3.4 GB for CUDA')
    .option('--cpu', 'with --install-engine: the CPU build, whatever is found')
    .option('--cuda', 'with --install-engine: the CUDA build, whatever is found')
    .option('--wheel <FILE>', 'with --install-engine: a wheel from another machine (repeatable)', collect)
    .action(async (_options, command: Command) => {
      const options = command.optsWithGlobals<DoctorOptions>()
      checkOptions(options)
      if (options.installEngine) await install(options)
      else await examine(options)
    })
}

function checkOptions({ installEngine, cpu, cuda, wheel }: DoctorOptions): void {
  if (cpu && cuda) throw new ErgoscopeError('bad-request', '--cpu and --cuda: give one of them')
  if (!installEngine && (cpu || cuda || wheel))
    throw new ErgoscopeError('bad-request', '--cpu, --cuda and --wheel belong to --install-engine: add it')
}

async function examine(options: DoctorOptions): Promise<void> {
  const checks = await runDoctor({ workspacePath: workspacePath(options) })
  if (options.json) printJson({ checks })
  else checks.forEach(printCheck)
  if (checks.some((check) => check.status === 'missing')) process.exitCode = 1
}

function printCheck(check: DoctorCheck): void {
  printLine(`${marks[check.status]}  ${check.title}: ${check.detail}`)
  if (check.advice) printLine(`         ${check.advice}`)
  if (check.command) printLine(`         $ ${check.command}`)
}

/** Ctrl-C keeps what was fetched; the next try goes on from there. */
async function install({ cpu, cuda, wheel, json }: DoctorOptions): Promise<void> {
  const interruption = new AbortController()
  const interrupt = (): void =>
    interruption.abort(new ErgoscopeError('cancelled', 'stopped; the same command goes on from here'))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupt)
  const display = createInstallDisplay(process.stderr)
  try {
    const installed = await installForUser({
      kind: cpu ? 'cpu' : cuda ? 'cuda' : null,
      wheelFiles: wheel ?? [],
      signal: interruption.signal,
      onProgress: display.show,
    })
    display.end()
    const { kind, version, folder, wasThere } = installed
    if (json) printJson(installed)
    else
      printLine(
        `TensorFlow ${version}, ${kind === 'cpu' ? 'CPU' : 'CUDA'} build, ${wasThere ? 'was there already' : 'is installed'}: ${folder}`,
      )
    say('`ergoscope doctor` tries it.')
  } finally {
    display.end()
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt)
  }
}
