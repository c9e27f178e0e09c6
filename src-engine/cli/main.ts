import { enableCompileCache } from 'node:module'
import { CommanderError } from 'commander'
import { ErgoscopeError, toErrorReport } from '#shared/errors.ts'
import { say } from './output.ts'

const wrongUsage = 2

// A reader that has seen enough (head, less) closes the pipe: that is no failure.
process.stdout.on('error', (cause: NodeJS.ErrnoException) => process.exit(cause.code === 'EPIPE' ? 0 : 1))

// Stripping types and compiling is most of the start; the second start takes both from the cache. An installed program has no types and writes no cache.
if (import.meta.filename.endsWith('.ts')) enableCompileCache()

try {
  const { createProgram } = await import('./program.ts')
  await createProgram().parseAsync(process.argv)
} catch (cause) {
  process.exitCode = exitCodeOf(cause)
}

function exitCodeOf(cause: unknown): number {
  // commander has printed its own line; help and version end with 0.
  if (cause instanceof CommanderError) return cause.exitCode === 0 ? 0 : wrongUsage
  if (cause instanceof ErgoscopeError) {
    say(`ergoscope: ${cause.message}`)
    return cause.code === 'bad-request' || cause.code === 'invalid-filter' ? wrongUsage : 1
  }
  say(`ergoscope: unexpected fault: ${toErrorReport(cause).message} (set ERGOSCOPE_DEBUG=1 for details)`)
  if (process.env['ERGOSCOPE_DEBUG'] && cause instanceof Error) say(cause.stack ?? '')
  return 1
}
