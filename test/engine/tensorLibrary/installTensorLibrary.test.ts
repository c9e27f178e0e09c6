import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findUserLibrary } from '#engine/tensor/tensorflow/libraryPlaces.ts'
import type { InstallRequest } from '#engine/tensorLibrary/installRequest.ts'
import { installTensorLibrary, type InstalledLibrary } from '#engine/tensorLibrary/installTensorLibrary.ts'
import type { Wheel } from '#engine/tensorLibrary/wheels.ts'
import { ErgoscopeError } from '#shared/errors.ts'
import { fakePip, makeWheel, serveWheel, type WheelServer } from './wheelServer.ts'

const libraryBytes = 3_000_000
const path = process.env['PATH']

let folder: string
let root: string
let server: WheelServer
let wheel: Wheel
let wheelPath: string
let progress: { fraction: number; label: string }[]

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ergoscope-library-'))
  root = join(folder, 'data', 'ergoscope')
  const made = makeWheel(join(folder, 'index'), libraryBytes)
  wheel = made.wheel
  wheelPath = made.path
  server = await serveWheel(readFileSync(wheelPath))
  usePip(wheel.sha256)
  progress = []
})

afterEach(() => {
  server.close()
  process.env['PATH'] = path
  rmSync(folder, { recursive: true, force: true })
})

function usePip(sha256: string): void {
  process.env['PATH'] = `${fakePip(join(folder, 'bin'), server.url, sha256)}:${path ?? ''}`
}

function install(changes: Partial<InstallRequest> = {}): Promise<InstalledLibrary> {
  return installTensorLibrary({
    root,
    kind: 'cpu',
    wheels: [wheel],
    neededBytes: wheel.bytes + libraryBytes,
    files: new Map(),
    withHeaders: false,
    replacesOthers: true,
    signal: new AbortController().signal,
    onProgress: (fraction, label) => void progress.push({ fraction, label }),
    ...changes,
  })
}

const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'installed',
    (cause: unknown) => cause,
  )

const build = (): string => join(root, 'tensorflow-2.21.0-cpu')
const part = (): string => join(root, 'downloads', `${wheel.file}.part`)

/** What an installation leaves: the libraries, whole, and nothing of the way there. */
const whole = {
  libraries: ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'],
  libraryBytes,
  root: ['downloads', 'locks', 'tensorflow-2.21.0-cpu'],
  remains: [],
}

function present(): object {
  return {
    libraries: readdirSync(join(build(), 'tensorflow')).toSorted(),
    libraryBytes: statSync(join(build(), 'tensorflow', 'libtensorflow_cc.so.2')).size,
    root: readdirSync(root).toSorted(),
    remains: [...readdirSync(join(root, 'downloads')), ...readdirSync(join(root, 'locks'))],
  }
}

describe('a library that is fetched', () => {
  test('keeps the libraries alone, tells how far it is, and is found by the engine', async () => {
    expect(await install()).toMatchObject({ kind: 'cpu', version: '2.21.0', wasThere: false })
    expect(present()).toEqual(whole)
    const fractions = progress.map(({ fraction }) => fraction)
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b))
    expect(fractions.at(-1)).toBeCloseTo(1)
    expect(progress[0]?.label).toMatch(/^Fetching tensorflow-cpu 2\.21\.0: 0 of 3 MB$/)
    expect(findUserLibrary({ XDG_DATA_HOME: join(folder, 'data') })).toEqual({
      source: 'user',
      folder: join(build(), 'tensorflow'),
    })
    expect(await install()).toMatchObject({ wasThere: true })
    expect(server.ranges).toHaveLength(1)
  })

  test('the headers come along where an addon is compiled', async () => {
    await install({ withHeaders: true })
    expect(existsSync(join(build(), 'tensorflow', 'include', 'tensorflow', 'c', 'c_api.h'))).toBe(true)
  })

  test('the build and the version before it go', async () => {
    for (const name of ['tensorflow-2.21.0-cuda', 'tensorflow-1.0.0-cpu'])
      mkdirSync(join(root, name), { recursive: true })
    await install()
    expect(present()).toEqual(whole)
  })
})

describe('a connection that breaks', () => {
  test('is taken up again where it broke', async () => {
    server.behaviour = { kind: 'broken', afterBytes: 1_000_000, isLast: false }
    await install()
    expect(present()).toEqual(whole)
    expect(server.ranges[0]).toBe('')
    expect(Number(/^bytes=(\d+)-$/.exec(server.ranges.at(-1) ?? '')?.[1])).toBeGreaterThan(0)
  })

  test('for good: one line says what to do, what came is kept, and the next try goes on', async () => {
    server.behaviour = { kind: 'broken', afterBytes: 1_000_000, isLast: true }
    const cause = await failure(install())
    expect(cause).toBeInstanceOf(ErgoscopeError)
    expect(String(cause)).toMatch(/could not be fetched \(the index of the test is gone\).*--wheel$/)
    const kept = statSync(part()).size
    expect(kept).toBeGreaterThan(0)
    server = await serveWheel(readFileSync(wheelPath))
    usePip(wheel.sha256)
    await install()
    expect(present()).toEqual(whole)
    expect(server.ranges).toEqual([`bytes=${kept}-`])
  })

  test('with a server that knows no ranges, it begins anew', async () => {
    mkdirSync(join(root, 'downloads'), { recursive: true })
    writeFileSync(part(), 'from another server')
    server.behaviour = { kind: 'no-ranges' }
    await install()
    expect(present()).toEqual(whole)
  })
})

test('cancelled: the part stays, and the next try goes on from it', async () => {
  server.behaviour = { kind: 'slow', bytes: 100_000 }
  const abort = new AbortController()
  const onProgress = (): void => {
    if (existsSync(part()) && statSync(part()).size > 0)
      abort.abort(new ErgoscopeError('cancelled', 'stopped by the test'))
  }
  const cause = failure(install({ signal: abort.signal, onProgress }))
  expect(String(await cause)).toContain('stopped by the test')
  const kept = statSync(part()).size
  expect(kept).toBeGreaterThan(0)
  server.behaviour = { kind: 'good' }
  await install()
  expect(present()).toEqual(whole)
  expect(server.ranges.at(-1)).toBe(`bytes=${kept}-`)
})

test('killed at any moment, 6 times: the next try makes it whole', async () => {
  server.behaviour = { kind: 'slow', bytes: 400_000 }
  const program = join(import.meta.dirname, 'workers', 'install.ts')
  for (const afterLines of [1, 2, 4, 6, 8, 9]) {
    const child = spawn(process.execPath, [program, root, JSON.stringify(wheel)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let lines = 0
    child.stdout.on('data', (chunk: Buffer) => {
      lines += chunk.toString().split('\n').length - 1
      if (lines >= afterLines) child.kill('SIGKILL')
    })
    await once(child, 'exit')
  }
  await install()
  expect(present()).toEqual(whole)
})

test('two at once: one fetches, the other waits and finds it there', async () => {
  server.behaviour = { kind: 'slow', bytes: 300_000 }
  const program = join(import.meta.dirname, 'workers', 'install.ts')
  const child = spawn(process.execPath, [program, root, JSON.stringify(wheel)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  const [second, [code]] = await Promise.all([install(), once(child, 'exit')])
  expect(code).toBe(0)
  expect(second.wasThere).toBe(true)
  expect(progress.map(({ label }) => label)).toContain('Waiting for another installation')
  expect(server.ranges).toHaveLength(1)
})

test('a wrong file is refused with one line and discarded; the right one is taken afterwards', async () => {
  server.content = Buffer.alloc(wheel.bytes, 'x')
  const cause = await failure(install())
  expect(cause).toMatchObject({ code: 'tensor-engine-missing' })
  expect(String(cause)).toMatch(
    new RegExp(`is not the file that was expected: its sha256 is \\w{64}, expected is ${wheel.sha256}`),
  )
  expect(String(cause)).not.toContain('\n')
  expect(readdirSync(join(root, 'downloads'))).toEqual([])
  expect(existsSync(build())).toBe(false)
  server.content = readFileSync(wheelPath)
  await install()
  expect(present()).toEqual(whole)
})

test('a wheel at hand needs neither pip nor a network', async () => {
  server.close()
  process.env['PATH'] = join(folder, 'nothing')
  await install({ files: new Map([[wheel.file, wheelPath]]) })
  expect(present()).toEqual(whole)
  expect(existsSync(wheelPath)).toBe(true)
})

test('without pip it says what to install, or which file to bring', async () => {
  process.env['PATH'] = join(folder, 'nothing')
  const cause = await failure(install())
  expect(cause).toMatchObject({ code: 'tensor-engine-missing' })
  expect(String(cause)).toContain('python3-pip')
  expect(String(cause)).toContain(wheel.file)
  expect(String(cause)).toContain(wheel.sha256)
})

test('too little room is told before anything is fetched', async () => {
  const cause = await failure(install({ neededBytes: 1e15 }))
  expect(cause).toMatchObject({ code: 'disk-full' })
  expect(String(cause)).toMatch(/needs 1000000000 MB|needs 99999999\d MB/)
  expect(server.ranges).toEqual([])
})

test('a part that is longer than the wheel is thrown away', async () => {
  mkdirSync(join(root, 'downloads'), { recursive: true })
  copyFileSync(process.execPath, part())
  await install()
  expect(present()).toEqual(whole)
})
