// Takes the writer lock of a folder and gives it back, as often as it is told; prints what it met. Arguments: folder, how often.
import { closeSync, openSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { acquireWriterLock } from '#engine/runfile/writerLock.ts'
import { ErgoscopeError } from '#shared/errors.ts'

const [folder = '', wanted = '1'] = process.argv.slice(2)
const mark = join(folder, 'held')
let refused = 0
let heldByTwo = 0

for (let taken = 0; taken < Number(wanted);) {
  try {
    const lock = acquireWriterLock(folder)
    try {
      closeSync(openSync(mark, 'wx'))
      rmSync(mark)
    } catch {
      heldByTwo += 1
    }
    lock.release()
    taken += 1
  } catch (thrown) {
    if (!(thrown instanceof ErgoscopeError) || thrown.code !== 'cannot-control') throw thrown
    refused += 1
  }
}
process.stdout.write(JSON.stringify({ refused, heldByTwo }))
