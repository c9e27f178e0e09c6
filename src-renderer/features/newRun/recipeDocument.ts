import { Document, isMap, isNode, parseDocument, stringify } from 'yaml'
import { valueAt } from './recipeForm.ts'
import type { RecipePath } from './recipeForm.ts'
import { isMapping } from './recipeSchema.ts'
import type { Mapping, SchemaNode } from './recipeSchema.ts'

export type ParsedRecipe = { isValid: true; value: Mapping } | { isValid: false; message: string; line: number | null }

/** The document's data, or why it is not YAML, in one line. */
export function parseRecipeText(text: string): ParsedRecipe {
  const document = parseDocument(text)
  const [error] = document.errors
  if (error)
    return {
      isValid: false,
      message: error.message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? error.message,
      line: error.linePos?.[0].line ?? null,
    }
  const value: unknown = document.toJS()
  return isMapping(value)
    ? { isValid: true, value }
    : { isValid: false, message: 'A recipe is a mapping of keys to values', line: 1 }
}

/** Pairs of which a recipe has one: setting one removes the other. */
const alternatives: readonly (readonly [string, string])[] = [
  ['epochs', 'steps'],
  ['steps', 'epochs'],
]

/**
 * The text with one key set, or removed for undefined; comments, order and style of everything else stay.
 * A section that is missing is written with its default first, so that setting one key in it does not switch the rest off.
 */
export function withValue(text: string, path: RecipePath, value: unknown, schema: SchemaNode): string {
  const parsed = parseDocument(text)
  const other =
    path.length === 1 && value !== undefined ? alternatives.find(([key]) => key === path[0])?.[1] : undefined
  const replaced =
    other === undefined || !parsed.has(other) ? replacedInPlace(text, parsed.getIn(path, true), value) : null
  if (replaced !== null) return replaced
  const document = isMap(parsed.contents) ? parsed : new Document({})
  addMissingParents(document, path, schema)
  if (value === undefined) document.deleteIn(path)
  else setKeepingComment(document, path, value)
  if (other !== undefined) document.deleteIn([other])
  return document.toString({ lineWidth: 120, flowCollectionPadding: true })
}

/** Most edits change one value on one line: only its characters are exchanged. Null where that is not possible. */
function replacedInPlace(text: string, node: unknown, value: unknown): string | null {
  if (!isNode(node) || !node.range || value === undefined || isMapping(value)) return null
  const [from, to] = node.range
  if (from === to || text.slice(from, to).includes('\n')) return null
  return text.slice(0, from) + inOneLine(value) + text.slice(to)
}

function inOneLine(value: unknown): string {
  return Array.isArray(value) ? `[${value.map(inOneLine).join(', ')}]` : stringify(value).trimEnd()
}

function setKeepingComment(document: Document, path: RecipePath, value: unknown): void {
  const previous = document.getIn(path, true)
  const node = document.createNode(value, { flow: path.length > 1 || Array.isArray(value) })
  if (isNode(previous) && previous.comment) node.comment = previous.comment
  document.setIn(path, node)
}

function addMissingParents(document: Document, path: RecipePath, schema: SchemaNode): void {
  const data: unknown = document.toJS()
  for (let depth = 1; depth < path.length; depth += 1) {
    const parent = path.slice(0, depth)
    if (valueAt(data, parent) === undefined && document.getIn(parent) === undefined)
      document.setIn(parent, document.createNode(defaultAt(schema, parent) ?? {}))
  }
}

function defaultAt(schema: SchemaNode, path: RecipePath): unknown {
  const variants = schema.anyOf ?? [schema]
  for (const variant of variants) {
    let node: SchemaNode | undefined = variant
    for (const key of path) node = node?.properties?.[key]
    if (node?.default !== undefined) return node.default
  }
  return undefined
}
