import { setImmediate as nextTurn } from 'node:timers/promises'

/** Work of this length is not noticed by anyone waiting for an answer. */
const sliceMs = 12

/** Runs a generator to its end and gives way to other work every few milliseconds. */
export async function runInSlices<Result>(work: Generator<undefined, Result>): Promise<Result> {
  let sliceEndMs = performance.now() + sliceMs
  for (;;) {
    const { done, value } = work.next()
    if (done) return value
    if (performance.now() < sliceEndMs) continue
    await nextTurn()
    sliceEndMs = performance.now() + sliceMs
  }
}

/** Runs a generator to its end at once. */
export function runAtOnce<Result>(work: Generator<undefined, Result>): Result {
  for (;;) {
    const { done, value } = work.next()
    if (done) return value
  }
}
