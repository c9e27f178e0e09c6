import { formatExact } from '../format/formatExact.ts'
import type { ConfigValue } from '#shared/run.ts'

/** The key of a setting in words: `label noise`, `probes sharpness every`. */
export function settingName(key: string): string {
  return key.replaceAll(/[_.]/g, ' ')
}

/** A setting in words, a number with all its digits: `learning rate 0.05`; one without a value is `unknown`. The value is as it was given. */
export function settingText(key: string, value: ConfigValue | undefined): string {
  const text = value === undefined || value === null ? 'unknown' : value
  return `${settingName(key)} ${typeof text === 'number' ? formatExact(text) : String(text)}`
}
