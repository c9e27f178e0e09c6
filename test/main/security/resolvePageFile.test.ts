import { expect, test } from 'vitest'
import { resolvePageFile } from '../../../src-main/security/resolvePageFile.ts'

const folder = '/app/out/renderer'

test.each([
  ['app://ergoscope/', '/app/out/renderer/index.html', 'text/html; charset=utf-8'],
  ['app://ergoscope/index.html?x=1#/runs', '/app/out/renderer/index.html', 'text/html; charset=utf-8'],
  ['app://ergoscope/assets/a-b.js', '/app/out/renderer/assets/a-b.js', 'text/javascript; charset=utf-8'],
  ['app://ergoscope/assets/Inter%20Variable.woff2', '/app/out/renderer/assets/Inter Variable.woff2', 'font/woff2'],
])('%s is served', (address, path, mimeType) => {
  expect(resolvePageFile(folder, address)).toEqual({ path, mimeType })
})

test.each([
  'app://ergoscope/..%2fmain%2findex.js',
  'app://ergoscope/assets/%2e%2e%2f%2e%2e%2f%2e%2e%2fpackage.json',
  'app://ergoscope/..%5c..%5cpackage.json',
  'app://ergoscope/index.html%00.js',
  'app://ergoscope/%E0%A4%A',
  'app://ergoscope/assets',
  'app://ergoscope/secret.sqlite',
  'app://ergoscope/%2fetc%2fpasswd',
])('%s is refused', (address) => {
  expect(resolvePageFile(folder, address)).toBeNull()
})

test('dots that the address itself resolves stay inside the folder', () => {
  expect(resolvePageFile(folder, 'app://ergoscope/../../index.html')?.path).toBe('/app/out/renderer/index.html')
  expect(resolvePageFile(folder, 'app://ergoscope/%2e%2e/main/index.js')?.path).toBe('/app/out/renderer/main/index.js')
})
