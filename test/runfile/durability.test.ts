import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { openRunReader } from '#engine/runfile/reader.ts'
import { SqliteRunWriter } from '#engine/runfile/sqliteRunWriter.ts'
import { createRun, openRunWriter } from '#engine/runfile/writer.ts'
import { acquireWriterLock } from '#engine/runfile/writerLock.ts'
import { identity, newRun, temporaryFolder } from './runFolder.ts'

const rounds = 60

/** Starts a writer, kills it after a random number of acknowledgements and a random pause, and returns the points it had acknowledged. */
async function killAtRandom(folder: string, round: number): Promise<number> {
  const script = fileURLToPath(new URL('./killedWriter.ts', import.meta.url))
  const child = spawn(process.execPath, [script, folder, String(1 + ((round * 7) % 50))], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'close')
  let output = ''
  const wanted = 1 + Math.floor(Math.random() * 40)
  for await (const chunk of child.stdout) {
    output += String(chunk)
    if (output.split('\n').length <= wanted || child.killed) continue
    // Busy for up to two milliseconds, so that the signal meets every moment of a commit.
    for (const until = performance.now() + Math.random() * 2; performance.now() < until;);
    child.kill('SIGKILL')
  }
  await ended
  // The last line may be half-written: it was not acknowledged in full.
  return Number(output.slice(0, output.lastIndexOf('\n')).split('\n').at(-1))
}

describe('a killed writer', () => {
  it(`loses nothing that it acknowledged, in ${rounds} kills at random moments`, { timeout: 240_000 }, async () => {
    const root = temporaryFolder()
    let acknowledgedInAll = 0
    for (let round = 0; round < rounds; round += 1) {
      const folder = join(root, String(round))
      const acknowledged = await killAtRandom(folder, round)
      const reader = openRunReader(folder)
      const { steps, values } = reader.scalars('loss')
      expect(acknowledged).toBeGreaterThan(0)
      expect(steps.length).toBeGreaterThanOrEqual(acknowledged)
      steps.forEach((step, index) => {
        if (step !== index || values[index] !== Math.sin(step))
          throw new Error(`round ${round}: wrong point at step ${step}`)
      })
      expect(reader.scalars('step').steps).toHaveLength(steps.length)
      expect(reader.verify().findings).toEqual([])
      reader.close()
      acknowledgedInAll += acknowledged
      if (round % 10 === 0) continueRun(folder, steps.length)
    }
    expect(acknowledgedInAll).toBeGreaterThan(rounds)
  })
})

function continueRun(folder: string, fromStep: number): void {
  const writer = openRunWriter(folder)
  writer.beginAttempt(fromStep)
  writer.logScalars(fromStep, { loss: 1 }, 0)
  writer.finish('finished', '', 1)
  const reader = openRunReader(folder)
  expect(reader.state()).toMatchObject({ status: 'finished', steps: fromStep + 1, attempts: 2 })
  expect(reader.verify().findings).toEqual([])
  reader.close()
}

describe('a full disk', () => {
  it('is one clear error; what was committed is safe, and the buffer is committed when there is room again', () => {
    const folder = join(temporaryFolder(), 'run')
    createRun(folder, identity()).close()
    const lock = acquireWriterLock(folder)
    const database = new Database(join(folder, 'run.sqlite'))
    database.pragma('journal_mode = WAL')
    const writer = new SqliteRunWriter(folder, database, lock)
    writer.logScalars(0, { loss: 0 }, 0)
    writer.commit()
    database.pragma(`max_page_count = ${Number(database.pragma('page_count', { simple: true })) + 4}`)
    for (let step = 1; step <= 20_000; step += 1) writer.logScalars(step, { loss: step }, step)
    for (let attempt = 0; attempt < 3; attempt += 1) {
      expect(() => writer.commit()).toThrow(
        expect.objectContaining({
          code: 'disk-full',
          message: expect.stringMatching(/^no space left for .*run\.sqlite: free some[^\n]*$/),
        }),
      )
    }
    const reader = openRunReader(folder)
    expect(reader.state().steps).toBe(1)

    database.pragma('max_page_count = 1000000')
    writer.logScalars(20_001, { loss: 1 }, 0)
    writer.finish('finished', '', 1)
    expect(reader.scalars('loss').steps).toHaveLength(20_002)
    expect(reader.verify().findings).toEqual([])
    reader.close()
  })

  const canMount = process.getuid?.() === 0 && tryMount()

  it.skipIf(!canMount)('is survived on a real file system of 2 MB (needs root and mount)', () => {
    const root = mountSmallDisk('size=2m')
    const writer = createRun(join(root, 'run'), identity())
    let committedSteps = 0
    const fill = (): void => {
      for (let step = 0; step < 200_000; step += 1) {
        writer.logScalars(step, { loss: step }, step)
        if (step % 1000 !== 999) continue
        writer.commit()
        committedSteps = step + 1
      }
    }
    expect(fill).toThrow(expect.objectContaining({ code: 'disk-full' }))
    expect(committedSteps).toBeGreaterThan(0)
    const reader = openRunReader(join(root, 'run'))
    expect(reader.scalars('loss').steps.length).toBe(committedSteps)
    reader.close()
    execFileSync('mount', ['-o', 'remount,size=64m', root])
    writer.finish('failed', 'disk full', 1)
    expect(openRunReader(join(root, 'run')).state()).toMatchObject({ status: 'failed', steps: committedSteps + 1000 })
  })

  it.skipIf(!canMount)('stops a new run with one line', () => {
    const root = mountSmallDisk('size=64k')
    expect(() => createRun(join(root, 'run'), identity())).toThrow(expect.objectContaining({ code: 'disk-full' }))
  })

  it.skipIf(!canMount)(
    'that is read-only: a run is read with all it committed, also one whose writer was killed; writing is one clear error',
    () => {
      const root = mountSmallDisk('size=8m')
      const finished = createRun(join(root, 'finished'), identity())
      finished.logScalars(0, { loss: 1 }, 0)
      finished.finish('finished', '', 1)
      const live = createRun(join(root, 'live'), identity({ id: 'live' }))
      live.logScalars(0, { loss: 1 }, 0)
      live.commit()
      // What a killed writer leaves behind: the file and its log, no shared memory.
      mkdirSync(join(root, 'killed'))
      for (const name of readdirSync(join(root, 'live')).filter(
        (entry) => !entry.endsWith('-shm') && !entry.endsWith('.lock'),
      )) {
        execFileSync('cp', [join(root, 'live', name), join(root, 'killed', name)])
      }
      live.close()
      execFileSync('mount', ['-o', 'remount,ro', root])
      for (const name of ['finished', 'killed', 'live']) {
        const reader = openRunReader(join(root, name))
        expect(reader.scalars('loss').steps).toHaveLength(1)
        reader.close()
      }
      expect(() => openRunWriter(join(root, 'killed'))).toThrow(expect.objectContaining({ code: 'read-only' }))
      expect(() => createRun(join(root, 'new'), identity())).toThrow(expect.objectContaining({ code: 'read-only' }))
    },
  )
})

function tryMount(): boolean {
  const probe = `/tmp/ergoscope-mount-${process.pid}`
  mkdirSync(probe, { recursive: true })
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', probe], { stdio: 'ignore' })
    execFileSync('umount', [probe])
    return true
  } catch {
    return false // no right to mount here: the tests that need it say so by being skipped
  } finally {
    rmSync(probe, { recursive: true, force: true })
  }
}

function mountSmallDisk(options: string): string {
  const root = temporaryFolder()
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', root])
  onTestFinished(() => {
    execFileSync('umount', ['-l', root])
  })
  return root
}

describe('two writers of one run', () => {
  it('second is refused in one line, in this process and in another', () => {
    const writer = newRun()
    const refusal = expect.objectContaining({
      code: 'cannot-control',
      message: `the run in ${writer.folder} is being written by another process: stop it first`,
    })
    expect(() => openRunWriter(writer.folder)).toThrow(refusal)
    expect(() => createRun(writer.folder, identity())).toThrow(refusal)
    const script = `import { openRunWriter } from '#engine/runfile/writer.ts'; try { openRunWriter(process.argv[1]) } catch (error) { console.log(error.code) }`
    const answer = execFileSync(process.execPath, ['--input-type=module', '--eval', script, writer.folder], {
      cwd: join(import.meta.dirname, '../..'),
    })
    expect(String(answer)).toBe('cannot-control\n')
    writer.close()
    openRunWriter(writer.folder).close()
  })

  it('cannot come one after the other for a new run', () => {
    const writer = newRun()
    writer.close()
    expect(() => createRun(writer.folder, identity())).toThrow(
      `${writer.folder} already holds a run: choose another folder`,
    )
    expect(() => openRunWriter(temporaryFolder())).toThrow('holds no run (no run.sqlite)')
  })
})

describe('a finished run', () => {
  it('is one plain file in rollback mode, also when readers had it open', () => {
    const writer = newRun()
    writer.logScalars(0, { loss: 1 }, 0)
    writer.commit()
    const reader = openRunReader(writer.folder)
    expect(reader.state().status).toBe('queued')
    const pausing = vi.spyOn(Atomics, 'wait')
    writer.finish('finished', '', 1)
    expect(pausing).not.toHaveBeenCalled()
    expect(readdirSync(writer.folder)).toEqual(['run.sqlite'])
    expect(reader.state().status).toBe('finished')
    reader.close()
  })

  it('can be continued', () => {
    const writer = newRun()
    writer.logScalars(0, { loss: 1 }, 0)
    writer.finish('stopped', 'by its user', 1)
    const reader = openRunReader(writer.folder)
    expect(reader.state()).toMatchObject({ status: 'stopped', endedAtMs: 1 })
    const again = openRunWriter(writer.folder)
    again.setStatus('running', '', 5)
    again.commit()
    expect(reader.state()).toMatchObject({ status: 'running', statusDetail: '', endedAtMs: null })
    again.logScalars(1, { loss: 2 }, 0)
    again.commit()
    expect(reader.verify().findings).toEqual([])
    again.finish('finished', '', 9)
    expect(readdirSync(writer.folder)).toEqual(['run.sqlite'])
    reader.close()
  })
})

describe('a half-made run', () => {
  it('from a writer killed while it made the file does not stand in the way', () => {
    const folder = join(temporaryFolder(), 'run')
    mkdirSync(folder)
    writeFileSync(join(folder, '.run.sqlite.new'), 'half')
    createRun(folder, identity()).close()
    expect(openRunReader(folder).state().id).toBe('a1b2c3')
  })
})
