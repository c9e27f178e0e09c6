import { expect, test } from 'vitest'
import { pickReason } from '../../../scripts/setup/pickReason.mjs'

test('npm: the sentence, not the code', () => {
  const output =
    'npm error code ENOTFOUND\nnpm error syscall getaddrinfo\nnpm error network request to the registry failed\n'
  expect(pickReason(output)).toBe('request to the registry failed')
})

test('pip: the error, not the warnings around it', () => {
  const output =
    'WARNING: Retrying\nERROR: Could not find a version that satisfies x\nERROR: No matching distribution found for x\n'
  expect(pickReason(output)).toBe('Could not find a version that satisfies x')
})

test('a compiler: the first error', () => {
  expect(pickReason('a.cc:3:1: error: unknown type\na.cc:9:1: error: another\n')).toBe('a.cc:3:1: error: unknown type')
})

test('unmarked output: its last line; none: says so', () => {
  expect(pickReason('one\ntwo\n')).toBe('two')
  expect(pickReason('', '')).toBe('no reason given')
})
