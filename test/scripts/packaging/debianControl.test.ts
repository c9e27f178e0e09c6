import { expect, test } from 'vitest'
import { debianControl, debianDependencies } from '../../../scripts/packaging/debianControl.mjs'

test('packages that newer releases renamed are taken under either name', () => {
  expect(debianDependencies()).toContain('libgtk-3-0 | libgtk-3-0t64')
  expect(debianDependencies()).toContain('libnss3')
})

test('the control file holds the fields that dpkg wants, and ends with a line break', () => {
  const product = { name: 'ergoscope', productName: 'Ergoscope', version: '1.2.3', author: 'Somebody' }
  const control = debianControl({ product, architecture: 'amd64', installedKilobytes: 12 })
  expect(control).toMatch(/^Package: ergoscope\nVersion: 1\.2\.3\nArchitecture: amd64\nMaintainer: Somebody\n/)
  expect(control).toContain('\nInstalled-Size: 12\n')
  expect(control.endsWith('\n')).toBe(true)
})
