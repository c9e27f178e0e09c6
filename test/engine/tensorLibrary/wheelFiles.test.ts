import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkWheelFiles, kindOfWheels, wheelsToBring } from '#engine/tensorLibrary/wheelFiles.ts'
import { wheels } from '#engine/tensorLibrary/wheels.ts'

const signal = new AbortController().signal
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ergoscope-wheels-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function fileOf(name: string, bytes: number): string {
  const path = join(folder, name)
  writeFileSync(path, '')
  truncateSync(path, bytes)
  return path
}

test('a wheel with a right name and size but another content is refused with one line that has both checksums', async () => {
  const wheel = wheels.cuda.find(({ bytes }) => bytes < 5e6)
  if (!wheel) throw new Error('a small wheel is needed')
  const check = checkWheelFiles([fileOf(wheel.file, wheel.bytes)], signal)
  await expect(check).rejects.toThrow(new RegExp(`sha256 \\w{64}, expected is ${wheel.sha256}`))
})

test('a file that is none of the wheels is refused with the name of the one that is needed', async () => {
  const check = checkWheelFiles([fileOf('numpy-2.0.whl', 1234)], signal)
  await expect(check).rejects.toThrow(/none of the wheels that are needed.*tensorflow_cpu-2\.21\.0-cp312[^,]*\.whl$/)
})

test('a path without a file, and a folder, are told', async () => {
  await expect(checkWheelFiles([join(folder, 'nowhere.whl')], signal)).rejects.toThrow(/nowhere\.whl does not exist/)
  await expect(checkWheelFiles([folder], signal)).rejects.toThrow(/does not exist/)
})

test('the wheel that holds TensorFlow decides which build it is', () => {
  const filesOf = (kind: 'cpu' | 'cuda', index: number) => new Map([[wheels[kind][index]?.file ?? '', '/somewhere']])
  expect(kindOfWheels(filesOf('cpu', 0))).toBe('cpu')
  expect(kindOfWheels(filesOf('cuda', 3))).toBe('cuda')
  expect(kindOfWheels(new Map())).toBeNull()
})

test('what to bring: name, size, checksum and the command that fetches it elsewhere', () => {
  expect(wheelsToBring(wheels.cpu)).toBe(
    'tensorflow_cpu-2.21.0-cp312-cp312-manylinux_2_27_x86_64.whl (274 MB, sha256 dcc8afd32930e42d5296b6ee19078b773706830af4ea97fbe503b9f5e0f820cb), there: ' +
      'python3 -m pip download --no-deps --only-binary=:all: --python-version 3.12 --platform manylinux_2_27_x86_64 tensorflow-cpu==2.21.0',
  )
  expect(wheelsToBring(wheels.cuda).split('\n')).toHaveLength(wheels.cuda.length)
})
