import type { SchemaNode } from './jsonSchema.ts'

/** What a schema allows, in words for one line: `a number, at least 0 and below 1`, `one of iid, reshuffled`, `a list of 1 to 8 values, each a whole number, at least 1`. */
export function describeAllowed(node: SchemaNode): string {
  const choices = choicesOf(node)
  if (choices) return choices.length === 1 ? (choices[0] ?? '') : `one of ${choices.join(', ')}`
  switch (node.type) {
    case 'integer':
      return `a whole number${rangeOf(node)}`
    case 'number':
      return `a number${rangeOf(node)}`
    case 'boolean':
      return 'true or false'
    case 'string':
      return node.pattern
        ? 'lower-case letters, digits and dashes, at most 64'
        : `text of at most ${node.maxLength} characters`
    case 'array':
      return `a list of ${node.minItems} to ${node.maxItems} values, each ${node.items ? describeAllowed(node.items) : 'any'}`
    case undefined:
    default:
      return `a mapping with ${Object.keys(node.properties ?? node.oneOf?.[0]?.properties ?? {}).join(', ')}`
  }
}

function choicesOf(node: SchemaNode): string[] | null {
  if (node.const !== undefined) return [String(node.const)]
  if (node.enum) return node.enum.map(String)
  if (node.anyOf?.every((branch) => branch.const !== undefined)) return node.anyOf.map((branch) => String(branch.const))
  return null
}

function rangeOf(node: SchemaNode): string {
  const low =
    node.exclusiveMinimum !== undefined
      ? `above ${node.exclusiveMinimum}`
      : node.minimum !== undefined
        ? `at least ${node.minimum}`
        : ''
  const high =
    node.exclusiveMaximum !== undefined
      ? `below ${node.exclusiveMaximum}`
      : node.maximum !== undefined
        ? `at most ${node.maximum}`
        : ''
  const both = [low, high].filter(Boolean).join(' and ')
  return both && `, ${both}`
}
