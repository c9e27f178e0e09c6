import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { licenceText } from '../../../scripts/packaging/writeLicences.mjs'

const standardTexts = join(import.meta.dirname, '../../../resources/licences')
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'licence-'))
  writeFileSync(join(folder, 'package.json'), '{"author":{"name":"Ada"}}')
})
afterEach(() => rmSync(folder, { recursive: true }))

const textOf = (licence: string) => licenceText({ name: 'some', version: '1.0.0', licence, folder }, standardTexts)

test('every licence file of a package is taken, those in a folder too', () => {
  mkdirSync(join(folder, 'licenses'))
  writeFileSync(join(folder, 'LICENSE'), 'main text\n')
  writeFileSync(join(folder, 'licenses', 'LICENSE-d3'), 'other text\n')
  expect(textOf('MIT')).toBe('main text\n\nother text')
})

test('without a file the part of the read-me is taken', () => {
  writeFileSync(join(folder, 'README.md'), '# Some\n\n## License\n\nCopyright Ada\n\nPermission ...\n')
  expect(textOf('MIT')).toBe('## License\n\nCopyright Ada\n\nPermission ...')
})

test('without either the standard text of each declared licence stands in, with the holder', () => {
  const text = textOf('Apache-2.0 AND MIT')
  expect(text).toContain('copyright Ada')
  expect(text).toContain('Apache License')
  expect(text).toContain('Permission is hereby granted')
})

test('a licence whose text is not at hand stops the build', () => {
  expect(() => textOf('Unheard-of-1.0')).toThrow('Unheard-of-1.0')
})
