import { InvalidArgumentError } from 'commander'
import type { StepRange } from '#engine/runfile/runFile.ts'
import { ErgoscopeError } from '#shared/errors.ts'

/** Options of every command. */
export interface CommonOptions {
  workspace?: string
  json?: boolean
}

export function collect(value: string, previous: readonly string[] | undefined): string[] {
  return [...(previous ?? []), value]
}

export function wholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 0 || text.trim() === '')
    throw new InvalidArgumentError('A whole number from 0 on is needed.')
  return value
}

export function positiveNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 1) throw new InvalidArgumentError('A whole number from 1 on is needed.')
  return value
}

/** Imported steps may be negative. */
export function stepNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || text.trim() === '') throw new InvalidArgumentError('A whole number is needed.')
  return value
}

export function seedList(text: string): number[] {
  const seeds = text.split(',').map((part) => wholeNumber(part))
  const repeated = seeds.find((seed, i) => seeds.indexOf(seed) !== i)
  if (repeated !== undefined)
    throw new InvalidArgumentError(`Seed ${repeated} stands twice: it would train one run twice.`)
  return seeds
}

/** A name as given with `--name`. */
export function runName(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('A name is needed.')
  return text
}

/** `ROLE=COLUMN[,COLUMN...]`; a role given twice adds up. */
export function parseRoles(pairs: readonly string[]): Record<string, string[]> {
  const roles = new Map<string, string[]>()
  for (const pair of pairs) {
    const [role, columns] = splitPair(pair, '--role', 'loss=train_loss')
    roles.set(role, [...(roles.get(role) ?? []), ...columnNames(columns, pair)])
  }
  return Object.fromEntries(roles)
}

/** Names between commas; one that holds a comma stands in quotes, as in CSV, and a quote in it is doubled. */
function columnNames(text: string, pair: string): string[] {
  const names = text.match(/(?<=^|,)\s*(?:"(?:[^"]|"")*"|[^",][^,]*|)\s*(?=,|$)/g) ?? []
  if (names.join(',') !== text)
    throw new ErgoscopeError(
      'bad-request',
      `--role '${pair}': a column in quotes ends with a quote, and a quote in it is doubled, for example --role 'loss="loss,val"'`,
    )
  return names.map((name) => unquoted(name.trim()))
}

const unquoted = (name: string): string => (name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name)

export function splitPair(pair: string, option: string, example: string): [string, string] {
  const at = pair.indexOf('=')
  if (at < 1)
    throw new ErgoscopeError(
      'bad-request',
      `${option} '${pair}': key=value is needed, for example ${option} ${example}`,
    )
  return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()]
}

/** `--from` and `--to` as a range of steps, both ends included. */
export function stepRange({ from, to }: { from?: number; to?: number }): StepRange {
  if (from !== undefined && to !== undefined && from > to)
    throw new ErgoscopeError(
      'bad-request',
      `--from ${from} --to ${to}: the first step is after the last; exchange them`,
    )
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
}
