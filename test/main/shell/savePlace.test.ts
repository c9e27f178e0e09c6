import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createSavePlace } from '../../../src-main/shell/savePlace.ts'

function home(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ergoscope-save-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

test('saving begins among the documents, where there are any, else in the home', () => {
  const folder = home()
  const place = createSavePlace(() => [join(folder, 'Documents'), folder])
  expect(place.suggest('a.html')).toBe(join(folder, 'a.html'))
  mkdirSync(join(folder, 'Documents'))
  expect(place.suggest('a.html')).toBe(join(folder, 'Documents', 'a.html'))
})

test('saving goes on where something was saved last, while that folder is there', () => {
  const folder = home()
  mkdirSync(join(folder, 'papers'))
  const place = createSavePlace(() => [folder])
  place.remember(join(folder, 'papers', 'a.html'))
  expect(place.suggest('b.html')).toBe(join(folder, 'papers', 'b.html'))
  rmSync(join(folder, 'papers'), { recursive: true })
  expect(place.suggest('b.html')).toBe(join(folder, 'b.html'))
})
