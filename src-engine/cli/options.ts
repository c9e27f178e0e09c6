import { InvalidArgumentError } from 'commander'
import type { StepRange } from '#engine/runfile/runFile.ts'
import { ErgoscopeError } from '#shared/errors.ts'
import type { ConfigValue, RunConfig } from '#shared/run.ts'

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
  const value = wholeNumber(text)
  if (value === 0) throw new InvalidArgumentError('A whole number from 1 on is needed.')
  return value
}

export function seedList(text: string): number[] {
  return text.split(',').map((part) => wholeNumber(part))
}

/** `key=value` pairs; numbers and booleans are recognised, everything else is text. */
export function parseConfig(pairs: readonly string[]): RunConfig {
  return Object.fromEntries(
    pairs
      .map((pair) => splitPair(pair, '--config', 'learning_rate=0.1'))
      .map(([key, text]) => [key, configValue(text)]),
  )
}

/** `ROLE=COLUMN[,COLUMN...]`; a role given twice adds up. */
export function parseRoles(pairs: readonly string[]): Record<string, string[]> {
  const roles: Record<string, string[]> = {}
  for (const pair of pairs) {
    const [role, columns] = splitPair(pair, '--role', 'loss=train_loss')
    roles[role] = [...(roles[role] ?? []), ...columns.split(',').map((column) => column.trim())]
  }
  return roles
}

export function splitPair(pair: string, option: string, example: string): [string, string] {
  const at = pair.indexOf('=')
  if (at < 1)
    throw new ErgoscopeError(
      'bad-request',
      `${option} '${pair}': key=value is needed, for example ${option} ${example}`,
    )
  return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()]
}

function configValue(text: string): ConfigValue {
  if (text === 'true' || text === 'false') return text === 'true'
  const value = Number(text)
  return text !== '' && !Number.isNaN(value) ? value : text
}

/** `--from` and `--to` as a range of steps, both ends included. */
export function stepRange({ from, to }: { from?: number; to?: number }): StepRange {
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
}
