import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseDeepLink } from '../../../src-main/start/deepLink.ts'
import { placeOf, targetOfDropped } from '../../../src-main/start/openTarget.ts'
import { parseStartArguments } from '../../../src-main/start/startArguments.ts'

const parse = (...argv: string[]) => parseStartArguments(argv, '/home/user', '/checkout')

describe('the arguments of a start', () => {
  test('nothing, or only switches and the application itself, asks for nothing', () => {
    expect(parse()).toBeNull()
    expect(parse('--disable-gpu', '--user-data-dir=/x', '/checkout')).toBeNull()
  })

  test('a path is taken relative to where the start was made', () => {
    expect(parse('/checkout', 'runs/digits')).toEqual(placeOf('/home/user/runs/digits'))
    expect(parse('--no-sandbox', '/checkout', '/data')).toEqual(placeOf('/data'))
  })

  test('a folder dropped on the icon comes as a file URL', () => {
    expect(parse('/checkout', 'file:///home/user/my%20runs')).toEqual(placeOf('/home/user/my runs'))
    expect(parse('file://elsewhere/runs')).toEqual(placeOf('/home/user/file:/elsewhere/runs'))
    expect(parse('file:///a%00b')).toEqual(placeOf('/home/user/file:/a%00b'))
    expect(parse('file:///100%')).toEqual(placeOf('/home/user/file:/100%'))
  })

  test('--demo, alone and with a path', () => {
    expect(parse('--demo')).toEqual({ ...placeOf(null), startDemo: true })
    expect(parse('/data', '--demo')).toEqual({ ...placeOf('/data'), startDemo: true })
  })

  test('a link wins over paths', () => {
    expect(parse('/checkout', 'ergoscope://open?workspace=/data&route=compare%3Fruns%3Da')).toEqual({
      ...placeOf('/data'),
      route: 'compare?runs=a',
    })
  })

  test('a link starts no training, whatever stands beside it', () => {
    expect(parse('ergoscope://open?workspace=/data', '--demo')).toEqual(placeOf('/data'))
  })

  test.each(['ergoscope://delete?workspace=/data', 'ERGOSCOPE:///etc', 'ergoscope:x', 'ergoscope://open?evil=1'])(
    '%s is no path either: one line says so',
    (link) => {
      const target = parse('/checkout', link)
      expect(target).toEqual({ ...placeOf(null), problem: target?.problem })
      expect(target?.problem).toMatch(/^This link cannot be opened: [^\n]+$/)
    },
  )

  test('the line about a link has no control characters, and an end', () => {
    const problem = parse(`ergoscope://open?a=\u001b]0;x\u0007\n${'y'.repeat(9000)}`)?.problem ?? ''
    expect(problem).not.toMatch(/\p{Cc}/u)
    expect(problem.length).toBeLessThan(300)
  })
})

describe('files and folders', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ergoscope-targets-'))
    mkdirSync(join(folder, 'runs.csv'))
    for (const name of ['trace.csv', 'TRACE.TSV', 'picture.png', 'run.sqlite']) writeFileSync(join(folder, name), '')
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  test('a table is imported, as an argument and dropped', () => {
    for (const name of ['trace.csv', 'TRACE.TSV']) {
      const target = { ...placeOf(null), importPath: join(folder, name) }
      expect(parseStartArguments([name], folder, '/checkout')).toEqual(target)
      expect(targetOfDropped(join(folder, name))).toEqual(target)
    }
  })

  test('a folder is opened, whatever its name; a run file too', () => {
    for (const name of ['', 'runs.csv', 'run.sqlite'])
      expect(targetOfDropped(join(folder, name))).toEqual(placeOf(join(folder, name)))
  })

  test('anything else that is dropped is refused with a line that says what can be dropped', () => {
    expect(() => targetOfDropped(join(folder, 'picture.png'))).toThrow(/^picture\.png cannot be opened: drop a folder/)
    expect(() => targetOfDropped(join(folder, 'gone'))).toThrow(/gone does not exist any more/)
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
    'ergoscope://open?workspace=/data&workspace=/etc',
    'ergoscope://open?workspace=/data&importPath=/etc/passwd',
    'ergoscope://open?workspace=/data&startDemo=true',
    'ergoscope://user:secret@open?workspace=/data',
    'ergoscope://open:80?workspace=/data',
    'ergoscope://open/../etc?workspace=/data',
    'ergoscope://open?workspace=/data#runs',
    'ergoscope://open?workspace=/data%00.csv',
    'ergoscope://open?workspace=/data%1B%5B2J',
    'ergoscope://open?workspace=%2F%5Cserver',
    `ergoscope://open?workspace=/${'x'.repeat(9000)}`,
    'not a link',
  ])('%s is refused', (text) => {
    expect(parseDeepLink(text)).toBeNull()
  })

  test('without a workspace it goes to a page of the open one', () => {
    expect(parseDeepLink('ergoscope://open?route=run/abc')).toEqual({ ...placeOf(null), route: 'run/abc' })
  })
})
