import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { verifyChecksum } from '../../../scripts/setup/files/checksum.mjs'

let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ergoscope-checksum-'))
  file = join(folder, 'abc.whl')
  writeFileSync(file, 'abc')
})

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

// FIPS 180-2, appendices B.1 and C.1: the digests of "abc".
const sha256 = 'sha256-ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
const sha512 = 'sha512-3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw=='

test('both forms of a right checksum pass', async () => {
  await expect(verifyChecksum(file, sha256)).resolves.toBeUndefined()
  await expect(verifyChecksum(file, sha512)).resolves.toBeUndefined()
})

test('a wrong file is refused in one line that names file, checksum and what to do', async () => {
  writeFileSync(file, 'abd')
  const failure: unknown = await verifyChecksum(file, sha256).catch((cause: unknown) => cause)
  expect(String(failure)).toMatch(
    /abc\.whl is not the file that was expected: checksum sha256-[0-9a-f]{64}, expected \S+ It was discarded; run the command again/,
  )
  expect(String(failure)).toContain(sha256)
  expect(String(failure)).not.toContain('\n')
})
