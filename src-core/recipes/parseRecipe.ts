import type { RecipeProblem } from '#shared/contract/training.ts'
import type { Document } from 'yaml'
import { isMap, isNode, isPair, isScalar, LineCounter, parseDocument } from 'yaml'
import { consistencyProblems } from './consistency.ts'
import { networkRecipeNode, problemRecipeNode } from './jsonSchema.ts'
import type { Recipe } from './recipe.ts'
import { networkRecipeSchema, problemRecipeSchema } from './recipe.ts'
import type { KeyedProblem } from './recipeProblem.ts'
import { dotted, inOneLine } from './recipeProblem.ts'
import { isMapping } from './schemaPath.ts'
import { schemaProblems } from './schemaProblems.ts'

export type ParsedRecipe = { recipe: Recipe } | { problems: RecipeProblem[] }

/**
 * A recipe from its YAML text, with all defaults filled in, or everything that is wrong with it: unknown keys, wrong types, impossible values,
 * impossible combinations; each in one line with the key, the value, what is allowed, and the line of the text. Never throws.
 */
export function parseRecipe(yaml: string): ParsedRecipe {
  const lineCounter = new LineCounter()
  const document = parseDocument(yaml, { lineCounter })
  const [broken] = [...document.errors, ...document.warnings]
  if (broken)
    return {
      problems: [
        { key: '', line: broken.linePos?.[0].line ?? null, message: `not valid YAML: ${firstLine(broken.message)}` },
      ],
    }
  const plain = plainValue(document)
  if (!plain)
    return {
      problems: [
        { key: '', line: null, message: 'an alias (*name) refers to itself or to too much; write its value out' },
      ],
    }
  const { value } = plain
  if (!isMapping(value)) {
    return {
      problems: [
        {
          key: '',
          line: 1,
          message: `a recipe is a mapping of keys to values, such as "epochs: 30"; found ${inOneLine(value)}`,
        },
      ],
    }
  }
  const checked = checkValue(value)
  if ('recipe' in checked) return checked
  return {
    problems: checked.problems.map(({ path, message }) => ({
      key: dotted(path),
      line: lineOf(document, lineCounter, path),
      message,
    })),
  }
}

/** Plain data, or null where an alias refers to itself or expands without end. */
function plainValue(document: Document): { value: unknown } | null {
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 })
    JSON.stringify(value)
    return { value }
  } catch {
    return null
  }
}

function checkValue(value: Record<string, unknown>): { recipe: Recipe } | { problems: KeyedProblem[] } {
  const isProblem = 'problem' in value
  const surplus = ['data', 'model'].find((key) => key in value)
  if (isProblem && surplus) {
    return {
      problems: [
        { path: [surplus], message: `${surplus} stands beside problem; give either problem, or data and model` },
      ],
    }
  }
  const parsed = isProblem ? problemRecipeSchema.safeParse(value) : networkRecipeSchema.safeParse(value)
  if (!parsed.success)
    return { problems: schemaProblems(parsed.error.issues, isProblem ? problemRecipeNode : networkRecipeNode, value) }
  const problems = consistencyProblems(parsed.data)
  return problems.length > 0 ? { problems } : { recipe: parsed.data }
}

/** Line of the key, or of the nearest enclosing key that stands in the text. */
function lineOf(document: Document, lineCounter: LineCounter, path: readonly PropertyKey[]): number | null {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = document.getIn(path.slice(0, length - 1), true)
    const last = path[length - 1]
    const pair = isMap(parent)
      ? parent.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === last)
      : undefined
    const node = pair?.key ?? document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return lineCounter.linePos(node.range[0]).line
  }
  return null
}

function firstLine(message: string): string {
  return (message.split('\n')[0] ?? message).replace(/:$/, '')
}
