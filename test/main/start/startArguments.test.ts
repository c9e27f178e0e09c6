import { describe, expect, test } from 'vitest'
import { parseDeepLink } from '../../../src-main/start/deepLink.ts'
import { parseStartArguments } from '../../../src-main/start/startArguments.ts'

const parse = (...argv: string[]) => parseStartArguments(argv, '/home/user', '/checkout')

describe('the arguments of a start', () => {
  test('nothing, or only switches and the application itself, asks for nothing', () => {
    expect(parse()).toBeNull()
    expect(parse('--disable-gpu', '--user-data-dir=/x', '/checkout')).toBeNull()
  })

  test('a path is taken relative to where the start was made', () => {
    expect(parse('/checkout', 'runs/digits')).toEqual({
      workspacePath: '/home/user/runs/digits',
      route: '',
      startDemo: false,
    })
    expect(parse('--no-sandbox', '/checkout', '/data')).toEqual({ workspacePath: '/data', route: '', startDemo: false })
  })

  test('--demo, alone and with a path', () => {
    expect(parse('--demo')).toEqual({ workspacePath: null, route: '', startDemo: true })
    expect(parse('/data', '--demo')).toEqual({ workspacePath: '/data', route: '', startDemo: true })
  })

  test('a link wins over paths', () => {
    expect(parse('/checkout', 'ergoscope://open?workspace=/data&route=compare%3Fruns%3Da')).toEqual({
      workspacePath: '/data',
      route: 'compare?runs=a',
      startDemo: false,
    })
  })
})

describe('a link', () => {
  test.each([
    'ergoscope://open?workspace=relative/path',
    'ergoscope://open?workspace=//server/share',
    'ergoscope://open?workspace=%5C%5Cserver%5Cshare',
    'ergoscope://open?route=https://evil.example',
    'ergoscope://open?route=%3Cscript%3E',
    'ergoscope://open?route=runs%3Fa%0Ab',
    'ergoscope://delete?workspace=/data',
    'https://open?workspace=/data',
    'not a link',
  ])('%s is refused', (text) => {
    expect(parseDeepLink(text)).toBeNull()
  })

  test('without a workspace it goes to a page of the open one', () => {
    expect(parseDeepLink('ergoscope://open?route=run/abc')).toEqual({
      workspacePath: null,
      route: 'run/abc',
      startDemo: false,
    })
  })
})
