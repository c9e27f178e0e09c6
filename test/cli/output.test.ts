import { afterEach, describe, expect, it, vi } from 'vitest'
import { counted, printable, printJson } from '../../src-engine/cli/output.ts'

afterEach(() => vi.restoreAllMocks())

function printed(value: unknown): string {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  printJson(value)
  return String(write.mock.calls[0]?.[0])
}

describe('printJson', () => {
  it.each([
    [{}],
    [[]],
    [{ runs: [] }],
    [{ a: { b: [1, [2, 3], { c: null }] }, 'quoted "key"': 'line\nbreak', d: true }],
    [[{ id: 'x' }, { id: 'y', nested: { list: ['a', 'b'] } }]],
  ])('writes %j as a document that reads back the same', (value) => {
    expect(JSON.parse(printed(value))).toEqual(value)
  })

  it('writes numbers that JSON cannot hold as text, at any depth', () => {
    const value = { values: Float64Array.of(1, Number.NaN, Number.POSITIVE_INFINITY), low: Number.NEGATIVE_INFINITY }
    expect(JSON.parse(printed(value))).toEqual({ values: [1, 'NaN', 'Infinity'], low: '-Infinity' })
  })

  it('leaves out what is undefined, and writes null for it in a list', () => {
    expect(JSON.parse(printed({ a: undefined, b: [undefined, 1] }))).toEqual({ b: [null, 1] })
  })

  it('keeps a series on one line', () => {
    expect(printed({ steps: [0, 1, 2] })).toBe('{\n  "steps": [0, 1, 2]\n}\n')
  })
})

it('takes control characters and colours out of stored text', () => {
  expect(printable('a\u001B[31mred\nnext\u0007')).toBe('ared next ')
})

it('counts one thing in the singular', () => {
  expect([counted(0, 'step'), counted(1, 'step'), counted(12_345, 'step')]).toEqual([
    '0 steps',
    '1 step',
    '12345 steps',
  ])
})
