import { Console } from 'node:console'
import { Writable } from 'node:stream'

/**
 * Takes stdout for the protocol: the returned stream is the only way to write to it. What anything else prints, `console.log` in a library included,
 * goes to stderr, because a stray line would break the frames.
 */
export function claimStdout(): Writable {
  const write = process.stdout.write.bind(process.stdout)
  process.stdout.write = process.stderr.write.bind(process.stderr)
  globalThis.console = new Console(process.stderr, process.stderr)
  return new Writable({
    highWaterMark: 1024 * 1024,
    write: (chunk: Uint8Array, _encoding, done) => {
      write(chunk, (error) => done(error))
    },
  })
}
