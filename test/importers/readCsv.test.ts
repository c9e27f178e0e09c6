import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readCsv } from '#engine/importers/csv/readCsv.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ergoscope-csv-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function file(content: string | Uint8Array): string {
  const path = join(folder, 'table.csv')
  writeFileSync(path, content)
  return path
}

describe('readCsv', () => {
  it('keeps every number as written, NaN and infinities included', async () => {
    const { columns, rowCount, warnings } = await readCsv(file('x,y\n0.1,nan\n1e-300,inf\n-0,-inf\n'))
    expect(rowCount).toBe(3)
    expect(Array.from(columns[0]?.values ?? [])).toEqual([0.1, 1e-300, -0])
    expect(Array.from(columns[1]?.values ?? [])).toEqual([
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
    ])
    expect(warnings).toEqual([])
  })

  it.each([
    ['semicolon', 'a;b\n1;2\n'],
    ['tab', 'a\tb\n1\t2\n'],
    ['byte order mark and Windows line ends', '\ufeffa,b\r\n1,2\r\n'],
    ['quotes', '"a","b"\n"1","2"\n'],
  ])('reads files with %s', async (_, content) => {
    const { columns } = await readCsv(file(content))
    expect(columns.map((column) => [column.name, ...column.values])).toEqual([
      ['a', 1],
      ['b', 2],
    ])
  })

  it('takes names that objects have of themselves as names, but for the one that none can have', async () => {
    const { columns, warnings } = await readCsv(file('constructor,__proto__,toString\n1,2,3\n'))
    expect(columns.map((column) => [column.name, ...column.values])).toEqual([
      ['constructor', 1],
      ['__proto__ (1)', 2],
      ['toString', 3],
    ])
    expect(warnings).toEqual([expect.stringMatching(/^a metric cannot be named '__proto__'.*'__proto__ \(1\)'$/)])
  })

  it('leaves missing cells out and keeps the rows of the others', async () => {
    const { columns } = await readCsv(file('a,b\n1,\n,2\nNA,3\n'))
    expect(Array.from(columns[0]?.rows ?? [])).toEqual([0])
    expect(Array.from(columns[1]?.rows ?? [])).toEqual([1, 2])
  })

  it('says which cells are not numbers', async () => {
    const { columns, warnings } = await readCsv(file('a,note\n1,hello\noops,world\n3,x\n'))
    expect(columns.map((column) => column.kind)).toEqual(['numeric', 'text'])
    expect(warnings).toEqual([
      `column 'a': line 3 'oops' not a number: left out`,
      `column 'note' holds text (line 2 'hello'): left out`,
    ])
  })

  it('says where a number is not kept as written, and where a comma stands for the point', async () => {
    const numbers = ['9007199254740992', '9007199254740993', '1e400', '1.5e30', 'inf']
    const { warnings } = await readCsv(file(`n;loss\n${numbers.map((number) => `${number};0,5`).join('\n')}\n`))
    expect(warnings).toEqual([
      `column 'n': line 3 '9007199254740993' is no double, kept as 9007199254740992`,
      `column 'loss' holds text (line 2 '0,5'): left out; write numbers with a decimal point`,
    ])
  })

  it('says which lines have another number of cells', async () => {
    const { warnings, columns } = await readCsv(file('a,b\n1,2\n3\n4,5,6\n'))
    expect(warnings).toEqual(['line 3 and 1 more: not 2 cells; missing ones are left out, surplus ones ignored'])
    expect(Array.from(columns[0]?.values ?? [])).toEqual([1, 3, 4])
  })

  it('tells columns of one name apart', async () => {
    const { columns, warnings } = await readCsv(file('x,x,\n1,2,3\n'))
    expect(columns.map((column) => column.name)).toEqual(['x', 'x (2)', 'column 3'])
    expect(warnings).toEqual([`the header names 'x' more than once: the later column is 'x (2)'`])
  })

  it.each([
    ['x,x (2),x', ['x', 'x (2)', 'x (3)'], [`the header names 'x' more than once: the later column is 'x (3)'`]],
    ['x,x,x (2)', ['x', 'x (3)', 'x (2)'], [`the header names 'x' more than once: the later column is 'x (3)'`]],
    [
      '__proto__,__proto__ (1)',
      ['__proto__ (2)', '__proto__ (1)'],
      [expect.stringMatching(/^a metric cannot be named '__proto__'.*'__proto__ \(2\)'$/)],
    ],
    ['__proto__ (1),x', ['__proto__ (1)', 'x'], []],
    ['x,x (2)', ['x', 'x (2)'], []],
  ])('gives each column of %j a name of its own, and warns of those that are changed', async (header, names, said) => {
    const { columns, warnings } = await readCsv(file(`${header}\n${header.replaceAll(/[^,]+/g, '1')}\n`))
    expect(columns.map(({ name }) => name)).toEqual(names)
    expect(warnings).toEqual(said)
  })

  it.each([
    ['an empty file', '', /no data rows/],
    ['a header alone', 'a,b\n', /no data rows/],
    ['no header', '1,2\n3,4\n', /the first line holds numbers \('1' \.\.\.\), not column names/],
    ['a binary file', new Uint8Array([1, 0, 2, 0]), /not a text file/],
    ['an open quote', 'a,b\n"1,2\n', /Quote|quote/],
  ])('refuses %s in one line', async (_, content, message) => {
    await expect(readCsv(file(content))).rejects.toMatchObject({
      code: 'invalid-import',
      message: expect.stringMatching(message),
    })
  })

  it('refuses a missing file and a folder in one line', async () => {
    await expect(readCsv(join(folder, 'none.csv'))).rejects.toMatchObject({
      message: expect.stringMatching(/none\.csv: cannot be read \(no such file\)/),
    })
    await expect(readCsv(folder)).rejects.toMatchObject({ message: expect.stringMatching(/it is a folder/) })
  })
})
