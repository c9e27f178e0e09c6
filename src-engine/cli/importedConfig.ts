import { nearestKey } from '#core/recipes/nearestKey.ts'
import { ErgoscopeError } from '#shared/errors.ts'
import type { ConfigValue, RunConfig } from '#shared/run.ts'
import { splitPair } from './options.ts'

interface KnownKey {
  allows: (value: ConfigValue) => boolean
  /** What is allowed, for the user. */
  allowed: string
}

/** What the diagnostics read from the configuration of an imported run. */
const knownKeys: Readonly<Record<string, KnownKey>> = {
  learning_rate: { allows: (value) => isNumber(value) && value > 0, allowed: 'a number above 0' },
  momentum: { allows: (value) => isNumber(value) && value >= 0 && value < 1, allowed: 'a number from 0 to below 1' },
  weight_decay: { allows: (value) => isNumber(value) && value >= 0, allowed: 'a number from 0 on' },
  batch_size: {
    allows: (value) => Number.isSafeInteger(value) && Number(value) >= 1,
    allowed: 'a whole number from 1 on',
  },
  beta1: { allows: (value) => isNumber(value) && value >= 0 && value < 1, allowed: 'a number from 0 to below 1' },
  dampening: { allows: (value) => isNumber(value) && value >= 0 && value < 1, allowed: 'a number from 0 to below 1' },
  example_count: {
    allows: (value) => Number.isSafeInteger(value) && Number(value) >= 1,
    allowed: 'a whole number from 1 on',
  },
  nesterov: { allows: (value) => typeof value === 'boolean', allowed: 'true or false' },
  sampling: { allows: (value) => value === 'iid' || value === 'reshuffled', allowed: 'iid or reshuffled' },
}

/**
 * `--config KEY=VALUE` pairs: numbers and booleans are recognised, everything else is text. Any key is kept, but one that the diagnostics read must make sense,
 * and one that is nearly such a key is a mistake.
 * @throws ErgoscopeError `bad-request` naming key, value and what is allowed.
 */
export function importedConfig(pairs: readonly string[]): RunConfig {
  const config = new Map<string, ConfigValue>()
  for (const pair of pairs) {
    const [key, text] = splitPair(pair, '--config', 'learning_rate=0.1')
    const value = configValue(text)
    requireSense(key, value)
    if (config.has(key))
      throw new ErgoscopeError('bad-request', `--config ${key}=${config.get(key)} and ${key}=${value}: give it once`)
    config.set(key, value)
  }
  return Object.fromEntries(config)
}

function requireSense(key: string, value: ConfigValue): void {
  const known = Object.hasOwn(knownKeys, key) ? knownKeys[key] : undefined
  if (known && !known.allows(value))
    throw new ErgoscopeError('bad-request', `--config ${key}=${value}: ${known.allowed} is needed`)
  const meant = known ? null : (abbreviated(key) ?? nearestKey(key, Object.keys(knownKeys), ''))
  if (meant) throw new ErgoscopeError('bad-request', `--config ${key}=${value}: did you mean ${meant}?`)
}

const abbreviations: Readonly<Record<string, string>> = {
  lr: 'learning_rate',
  eta: 'learning_rate',
  wd: 'weight_decay',
  bs: 'batch_size',
}

function abbreviated(key: string): string | undefined {
  const name = key.toLowerCase()
  return Object.hasOwn(abbreviations, name) ? abbreviations[name] : undefined
}

function isNumber(value: ConfigValue): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

function configValue(text: string): ConfigValue {
  if (text === 'true' || text === 'false') return text === 'true'
  const value = Number(text)
  return text !== '' && !Number.isNaN(value) ? value : text
}
