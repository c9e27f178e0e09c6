import { expect, test } from 'vitest'
import { isExternalUrlAllowed } from '../../../src-main/security/externalUrl.ts'
import { isPageUrl } from '../../../src-main/security/pageOrigin.ts'

test.each(['https://arxiv.org/abs/2110.06256', 'https://example.org:8443/a?b#c'])('%s may be opened', (address) => {
  expect(isExternalUrlAllowed(address)).toBe(true)
})

test.each([
  'http://example.org',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/html,x',
  'smb://host/share',
  'ms-msdt:/id',
  'app://ergoscope/',
  'https://arxiv.org@evil.example/',
  'https://user:word@example.org/',
  'https://',
  'arxiv.org',
  '',
])('%j may not be opened', (address) => {
  expect(isExternalUrlAllowed(address)).toBe(false)
})

test('only the own scheme with the own host is the page', () => {
  expect(isPageUrl('app://ergoscope/index.html#/runs')).toBe(true)
  for (const other of [
    'app://ergoscope.evil/index.html',
    'app://other/',
    'https://ergoscope/',
    'file:///ergoscope',
    'about:blank',
    '',
  ]) {
    expect(isPageUrl(other)).toBe(false)
  }
})
