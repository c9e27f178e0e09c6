import { ErgoscopeError } from '#shared/errors.ts'
import { installTensorLibrary } from './installTensorLibrary.ts'
import { neededBytes, wheels } from './wheels.ts'

// Run by the set-up of a checkout, as `installForCheckout.ts FOLDER cpu|cuda`: brings the library, with what compiling the addon needs.
const [root = '', wanted] = process.argv.slice(2)
const kind = wanted === 'cuda' ? 'cuda' : 'cpu'
const interruption = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => interruption.abort(new ErgoscopeError('cancelled', `stopped by ${signal}`)))

try {
  await installTensorLibrary({
    root,
    kind,
    wheels: wheels[kind],
    neededBytes: neededBytes[kind],
    files: new Map(),
    withHeaders: true,
    replacesOthers: false,
    signal: interruption.signal,
    onProgress: () => {},
  })
} catch (cause) {
  if (!(cause instanceof ErgoscopeError)) throw cause
  process.stderr.write(`${cause.message.split('\n', 1)[0]}\n`)
  process.exitCode = 1
}
