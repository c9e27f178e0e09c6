import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../../fixtures/reference/', import.meta.url))

function parseNumber(text: string): number {
  if (text === 'inf') return Number.POSITIVE_INFINITY
  return text === '-inf' ? Number.NEGATIVE_INFINITY : Number(text)
}

/** A reference trace by column; a repeated name (`theta2` of q2 is both the coordinate and ‖θ‖²) becomes `name#2`. Throws on a column that is not there, so that a misspelt name cannot pass. */
export function readTrace(name: string): {
  columns: Record<string, Float64Array>
  column: (name: string) => Float64Array
} {
  const [header = '', ...rows] = readFileSync(`${folder}${name}.csv`, 'utf8').trim().split('\n')
  const cells = rows.map((row) => row.split(','))
  const names = header.split(',').map((key, i, all) => (all.indexOf(key) < i ? `${key}#2` : key))
  const columns = Object.fromEntries(
    names.map((key, i) => [key, Float64Array.from(cells, (row) => parseNumber(row[i] ?? ''))]),
  )
  const column = (key: string): Float64Array => {
    const values = columns[key]
    if (!values) throw new Error(`${name} has no column ${key}`)
    return values
  }
  return { columns, column }
}

/** The reference values, as nested records of numbers. */
export function readReference(name = 'reference.json'): ReferenceNode {
  return new ReferenceNode(JSON.parse(readFileSync(folder + name, 'utf8')), name)
}

/** A place in a reference file; asking for what is not there throws. */
export class ReferenceNode {
  readonly value: unknown
  readonly path: string
  constructor(value: unknown, path: string) {
    this.value = value
    this.path = path
  }

  at(...keys: (string | number)[]): ReferenceNode {
    let value = this.value
    for (const key of keys) {
      if (typeof value !== 'object' || value === null || !(key in value))
        throw new Error(`${this.path}.${keys.join('.')} is missing`)
      value = Reflect.get(value, key)
    }
    return new ReferenceNode(value, `${this.path}.${keys.join('.')}`)
  }

  number(...keys: (string | number)[]): number {
    const { value, path } = this.at(...keys)
    if (typeof value !== 'number') throw new Error(`${path} is not a number`)
    return value
  }

  numbers(...keys: (string | number)[]): number[] {
    const { value, path } = this.at(...keys)
    if (!Array.isArray(value)) throw new Error(`${path} is not a list`)
    return value.map(Number)
  }
}

/** Relative 1e-6, absolute 1e-9 near zero: the tolerance of the reference for values on a trace. */
export function agrees(value: number, reference: number): boolean {
  return Math.abs(value - reference) <= Math.max(1e-9, 1e-6 * Math.abs(reference))
}
