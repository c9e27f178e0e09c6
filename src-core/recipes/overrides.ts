import type { RecipeProblem } from '#shared/contract/training.ts'
import { isMap, parse, parseDocument } from 'yaml'
import { recipeJsonSchema } from './jsonSchema.ts'
import { nearestKey } from './nearestKey.ts'
import { allKeys } from './schemaPath.ts'

/** Giving one of these takes the other out: a run has one length. */
const exclusiveWith: Record<string, string> = { epochs: 'steps', steps: 'epochs' }

/**
 * The recipe's text with `key=value` settings applied; comments stay. A key is dotted (`optimizer.learning_rate`) or, where only one key ends so, its last
 * part (`learning_rate`). Values are YAML (`0.05`, `true`, `[64, 64]`). `steps` replaces `epochs` and the other way round. The result still has to pass `parseRecipe`.
 */
export function applyOverrides(
  yaml: string,
  settings: readonly string[],
): { yaml: string } | { problems: RecipeProblem[] } {
  const document = parseDocument(yaml)
  // Broken text is reported by parseRecipe, with its line.
  if (settings.length === 0 || document.errors.length > 0 || !isMap(document.contents)) return { yaml }
  const problems: RecipeProblem[] = []
  for (const setting of settings) {
    const parsed = parseSetting(setting)
    if ('message' in parsed) {
      problems.push({ key: parsed.key, line: null, message: parsed.message })
      continue
    }
    document.setIn(parsed.key.split('.'), parsed.value)
    const excluded = exclusiveWith[parsed.key]
    if (excluded) document.delete(excluded)
  }
  return problems.length > 0 ? { problems } : { yaml: document.toString() }
}

function parseSetting(setting: string): { key: string; value: unknown } | { key: string; message: string } {
  const equals = setting.indexOf('=')
  if (equals < 1)
    return { key: '', message: `"${setting}" is not a setting; write key=value, such as optimizer.learning_rate=0.05` }
  const given = setting.slice(0, equals).trim()
  const key = resolveKey(given)
  if ('message' in key) return { key: given, message: key.message }
  try {
    return { key: key.key, value: parse(setting.slice(equals + 1)) }
  } catch {
    return {
      key: key.key,
      message: `${key.key}: "${setting.slice(equals + 1)}" is not a value; write a number, true, false, text or a list such as [64, 64]`,
    }
  }
}

function resolveKey(given: string): { key: string } | { message: string } {
  const keys = allKeys(recipeJsonSchema())
  if (keys.includes(given)) return { key: given }
  const endings = keys.filter((key) => key.endsWith(`.${given}`))
  if (endings.length === 1 && endings[0]) return { key: endings[0] }
  if (endings.length > 1) return { message: `${given}: several keys end so; write one of ${endings.join(', ')}` }
  const prefix = given.slice(0, given.lastIndexOf('.') + 1)
  const meant = nearestKey(given.slice(prefix.length), keys, prefix)
  return {
    message: `${given}: unknown key${meant ? `; did you mean ${meant}?` : `; top keys: ${keys.filter((key) => !key.includes('.')).join(', ')}`}`,
  }
}
