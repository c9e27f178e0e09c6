import { expect, it } from 'vitest'
import type { RunWriter } from '#engine/runfile/runFile.ts'
import { RunRecorder } from '#engine/training/session/runRecorder.ts'
import { ErgoscopeError } from '#shared/errors.ts'

/** A disk with a switch: full, or not. Only what the recorder calls of a writer is there. */
function fullDisk() {
  const disk = {
    isFull: true,
    committed: [] as string[],
    pending: [] as string[],
    reserveTaken: true,
    log: [] as string[],
  }
  const writer = {
    heartbeat: () => {},
    setStatus: (status: string, detail: string) => disk.pending.push(`${status} ${detail}`),
    addEvent: (event: { kind: string }) => disk.pending.push(event.kind),
    logScalars: (step: number) => disk.pending.push(`step ${step}`),
    commit() {
      if (disk.isFull && disk.reserveTaken) throw new ErgoscopeError('disk-full', 'no space')
      disk.committed.push(...disk.pending.splice(0))
    },
  } as unknown as RunWriter // the recorder uses no other method
  const reserve = {
    take: () => (disk.reserveTaken = !disk.isFull),
    release: () => void (disk.reserveTaken = false),
  }
  return {
    disk,
    recorder: (diskWaitMs: number, isStopWanted = () => false) =>
      new RunRecorder(writer, { reserve, diskWaitMs, isStopWanted, log: (line) => disk.log.push(line) }),
  }
}

it('waits on a full disk, says so from its reserve, and goes on with nothing lost', async () => {
  const { disk, recorder } = fullDisk()
  const waiting = recorder(60_000)
  waiting.setStatus('running', '', 0)
  waiting.scalars(0, { 'train/loss': 1 })
  const commit = waiting.commit()
  expect(disk.committed).toEqual([
    'running ',
    'status',
    'step 0',
    'paused the disk is full: free some space and training goes on by itself',
  ])
  disk.isFull = false
  await commit
  expect(disk.committed.slice(4)).toEqual(['running ', 'warning'])
  expect(disk.reserveTaken).toBe(true)
  expect(disk.log).toEqual([
    'the disk is full: training waits until there is space',
    'there is space again: training goes on',
  ])
})

it('does not make whoever stops the run wait for space', async () => {
  const { recorder } = fullDisk()
  await expect(recorder(60_000, () => true).commit()).rejects.toMatchObject({ code: 'disk-full' })
})

it('gives up in the end, in one line', async () => {
  const { recorder } = fullDisk()
  await expect(recorder(0).commit()).rejects.toMatchObject({
    code: 'disk-full',
    message: 'the disk is full: free some space, then resume the run',
  })
})
