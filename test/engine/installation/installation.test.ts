import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { installation, readInstallation } from '../../../src-engine/installation/installation.ts'

test('a checkout is no installation', () => {
  expect(installation).toBeNull()
})

test('the record of an installed application names its parts by absolute paths', () => {
  const folder = mkdtempSync(join(tmpdir(), 'installation-'))
  const electron = { kind: 'stand-in', version: '33.2.1', declaredVersion: '45.4.1' }
  const record = { window: '../../ergoscope', electron }
  writeFileSync(join(folder, 'build.json'), JSON.stringify(record))
  expect(readInstallation(folder)).toEqual({
    window: join(folder, '../../ergoscope'),
    manual: join(folder, '../docs'),
    electron,
  })
  rmSync(folder, { recursive: true })
})
