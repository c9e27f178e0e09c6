import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { type Info, parse } from 'csv-parse'
import { forbiddenName } from '#engine/runfile/namedRecord.ts'
import { ErgoscopeError } from '#shared/errors.ts'
import { parseNumber } from '../parseNumber.ts'
import type { Table } from '../table.ts'
import { ColumnReader } from './columnReader.ts'

/** A row that is longer is no row of numbers: it must not fill the memory. */
const maximumRowBytes = 16 * 1024 * 1024

interface ParsedRow {
  record: string[]
  info: Info
}

/**
 * Reads a CSV file with one header line; separator comma, semicolon or tab, as the header shows. Every number is kept as written in the file,
 * NaN and infinities included; cells that are neither empty nor numbers are reported by line.
 * @throws ErgoscopeError `invalid-import` with one line when the file cannot be read as a table.
 */
export async function readCsv(path: string): Promise<Table> {
  const delimiter = await detectDelimiter(path)
  const parser = parse({
    bom: true,
    delimiter,
    info: true,
    relax_column_count: true,
    skip_empty_lines: false,
    relax_quotes: true,
    max_record_size: maximumRowBytes,
  })
  // Ends both when either fails: the file does not stay open, and a read error comes out of the loop below.
  pipeline(createReadStream(path), parser, () => {})
  let columns: ColumnReader[] | null = null
  let row = 0
  const ragged: number[] = []
  const warnings: string[] = []
  try {
    for await (const parsed of parser) {
      const { record, info } = parsed as ParsedRow // `info: true` gives this shape; the library types it unknown
      if (!columns) {
        const header = headerNames(record, path)
        warnings.push(...header.flatMap((one) => one.warnings))
        columns = header.map(({ name }) => new ColumnReader(name))
        continue
      }
      const isBlank = record.length === 1 && record[0]?.trim() === ''
      if (isBlank && columns.length > 1) continue
      if (record.length !== columns.length) ragged.push(info.lines)
      for (const [index, column] of columns.entries()) column.add(record[index] ?? '', row, info.lines)
      row += 1
    }
  } catch (cause) {
    if (cause instanceof ErgoscopeError) throw cause
    throw new ErgoscopeError('invalid-import', `${path}: ${describe(cause)}`, { cause })
  }
  if (!columns || row === 0)
    throw new ErgoscopeError('invalid-import', `${path}: no data rows; a header line and at least one row are needed`)
  warnings.push(...columns.flatMap((column) => column.warnings()))
  if (ragged.length > 0) {
    const others = ragged.length > 1 ? ` and ${ragged.length - 1} more` : ''
    warnings.unshift(
      `line ${ragged[0]}${others}: not ${columns.length} cells; missing ones are left out, surplus ones ignored`,
    )
  }
  return { path, format: 'csv', rowCount: row, columns: columns.map((column) => column.finish()), warnings }
}

interface HeaderName {
  readonly name: string
  /** What the reader must know of a name that is not the one in the file. */
  readonly warnings: readonly string[]
}

/** A name of its own for each column: as in the header, else the name with a count. */
function headerNames(record: readonly string[], path: string): HeaderName[] {
  if (record.every((cell) => parseNumber(cell.trim()) !== null)) {
    throw new ErgoscopeError(
      'invalid-import',
      `${path}: the first line holds numbers ('${record[0] ?? ''}' ...), not column names; add a header line`,
    )
  }
  const given = record.map((cell, index) => cell.trim() || `column ${index + 1}`)
  const taken = new Set(given)
  const seen = new Map<string, number>()
  return given.map((name) => {
    const repeats = (seen.get(name) ?? 0) + 1
    seen.set(name, repeats)
    if (repeats === 1 && name !== forbiddenName) return { name, warnings: [] }
    const free = freeName(name, repeats, taken)
    taken.add(free)
    return { name: free, warnings: [renamedText(name, free)] }
  })
}

/** The name with the first count from `count` on that no column has. */
function freeName(name: string, count: number, taken: ReadonlySet<string>): string {
  let free = count
  while (taken.has(`${name} (${free})`)) free += 1
  return `${name} (${free})`
}

function renamedText(original: string, name: string): string {
  return original === forbiddenName
    ? `a metric cannot be named '${forbiddenName}', which means the prototype of an object: the column is '${name}'`
    : `the header names '${original}' more than once: the later column is '${name}'`
}

async function detectDelimiter(path: string): Promise<string> {
  const header = await readHead(path)
  if (header.includes('\0'))
    throw new ErgoscopeError('invalid-import', `${path}: not a text file; a CSV file with a header line is needed`)
  const counts = [',', ';', '\t'].map((delimiter) => ({ delimiter, count: header.split(delimiter).length }))
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).delimiter
}

async function readHead(path: string): Promise<string> {
  try {
    await using file = await open(path)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(65_536), 0, 65_536, 0)
    return buffer.toString('utf8', 0, bytesRead).split(/\r?\n/, 1)[0] ?? ''
  } catch (cause) {
    throw new ErgoscopeError('invalid-import', `${path}: cannot be read (${describe(cause)}); check the path`, {
      cause,
    })
  }
}

function describe(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  const { code } = cause as NodeJS.ErrnoException // both Node and the parser put a string code on their errors
  if (code === 'ENOENT') return 'no such file'
  if (code === 'EISDIR') return 'it is a folder'
  if (code === 'EACCES') return 'no permission to read it'
  return cause.message.split('\n', 1)[0] ?? cause.message
}
