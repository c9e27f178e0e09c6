import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { missingPlatformPackages } from '../../../scripts/lockfile/missingPlatformPackages.mjs'
import { isSameTree } from '../../../scripts/setup/npmPackages.mjs'

const locked = {
  '': { version: '0.1.0' },
  'node_modules/vue': { version: '3.5.45' },
  'node_modules/fast-binding-darwin-arm64': { version: '1.0.0', optional: true },
}

test('an installed tree may lack optional packages only', () => {
  expect(isSameTree(locked, { 'node_modules/vue': { version: '3.5.45' } })).toBe(true)
  expect(isSameTree(locked, {})).toBe(false)
})

test('another version or a package too many is another tree', () => {
  expect(isSameTree(locked, { 'node_modules/vue': { version: '3.5.44' } })).toBe(false)
  const surplus = { 'node_modules/vue': { version: '3.5.45' }, 'node_modules/left': { version: '1.0.0' } }
  expect(isSameTree(locked, surplus)).toBe(false)
})

test('a platform package that is not locked is found, with the platform in its name', () => {
  const packages = {
    'node_modules/fast': {
      version: '1.0.0',
      dev: true,
      optionalDependencies: { 'fast-darwin-arm64': '1.0.0', 'fast-linux-x64-musl': '1.0.0', 'other-thing': '^2.0.0' },
    },
    'node_modules/fast-darwin-arm64': { version: '1.0.0' },
  }
  expect(missingPlatformPackages(packages)).toEqual({
    'node_modules/fast-linux-x64-musl': {
      version: '1.0.0',
      dev: true,
      optional: true,
      os: ['linux'],
      cpu: ['x64'],
      libc: ['musl'],
    },
  })
})

test('the lock file of this project holds the packages of every platform', () => {
  const lock = JSON.parse(readFileSync(new URL('../../../package-lock.json', import.meta.url), 'utf8'))
  expect(Object.keys(missingPlatformPackages(lock.packages))).toEqual([])
})
