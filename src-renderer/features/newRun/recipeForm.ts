import { chooseVariant, isMapping } from './recipeSchema.ts'
import type { Mapping, SchemaNode } from './recipeSchema.ts'

export type RecipePath = readonly string[]

interface Described {
  path: RecipePath
  title: string
  description: string
  /** Differs from the recipe that the form began with. */
  isChanged: boolean
}

export interface FormField extends Described {
  kind: 'field'
  control: 'number' | 'text' | 'boolean' | 'choice' | 'list'
  choices: { value: string; label: string; data: unknown }[]
  /** As typed; empty when the recipe leaves the key out. */
  text: string
  /** What holds when the key is left out; empty when there is no default. */
  defaultText: string
  isRequired: boolean
}

export interface FormSection extends Described {
  kind: 'section'
  /** A section that may be left out has a switch. */
  isOptional: boolean
  isOn: boolean
  /** Kinds to choose among, such as the models; empty when there is one. */
  variants: { value: string; label: string; schema: SchemaNode }[]
  variant: string
  schema: SchemaNode
  children: FormNode[]
}

export type FormNode = FormField | FormSection

/** Shown elsewhere on the page: name and seeds beside the start button, the texts in the document alone. */
const hiddenKeys = new Set(['name', 'title', 'description', 'seeds'])

export function valueAt(value: unknown, path: RecipePath): unknown {
  return path.reduce<unknown>((current, key) => (isMapping(current) ? current[key] : undefined), value)
}

/** A value as it is typed into a field. */
export function toText(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (Array.isArray(value)) return value.map(toText).join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : `${value as string | number | boolean}` // YAML has no other values
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/**
 * The form of a recipe: sections in the order of the schema, plain keys of the top level in a first section of their own.
 * `value` is what the document says now, `base` what it said when it was opened.
 */
export function recipeForm(schema: SchemaNode, value: Mapping, base: Mapping): FormSection[] {
  const root = chooseVariant(schema.anyOf ?? [schema], value) ?? schema
  const entries = Object.entries(root.properties ?? {}).filter(([key]) => !hiddenKeys.has(key))
  const required = new Set(root.required ?? [])
  const documents = { value, base }
  const nodes = entries.map(([key, node]) => formNode([key], node, required.has(key), value, documents))
  const fields = nodes.filter((node) => node.kind === 'field')
  const sections = nodes.filter((node) => node.kind === 'section')
  const length: FormSection = {
    kind: 'section',
    path: [],
    title: 'Steps and batches',
    description: 'How long the run is and what one step sees.',
    isChanged: fields.some((field) => field.isChanged),
    isOptional: false,
    isOn: true,
    variants: [],
    variant: '',
    schema: root,
    children: fields,
  }
  const before = sections.findIndex((section) => section.path[0] === 'probes')
  const at = before < 0 ? sections.length : before
  return fields.length === 0 ? sections : [...sections.slice(0, at), length, ...sections.slice(at)]
}

interface Documents {
  value: Mapping
  base: Mapping
}

/** `parent` is what holds for the section around the node: given, or its default. */
function formNode(
  path: RecipePath,
  node: SchemaNode,
  isRequired: boolean,
  parent: unknown,
  documents: Documents,
): FormNode {
  const isObject = node.type === 'object' || (node.oneOf ?? node.anyOf)?.some((variant) => variant.type === 'object')
  return isObject
    ? sectionNode(path, node, isRequired, parent, documents)
    : fieldNode(path, node, isRequired, documents)
}

function sectionNode(
  path: RecipePath,
  node: SchemaNode,
  isRequired: boolean,
  parent: unknown,
  documents: Documents,
): FormSection {
  const { value, base } = documents
  const given = valueAt(parent, path.slice(-1)) ?? node.default
  const alternatives = node.oneOf ?? node.anyOf ?? []
  const schema = (alternatives.length > 0 ? chooseVariant(alternatives, given) : node) ?? node
  const variants = alternatives.flatMap((alternative) => {
    const kind = alternative.properties?.['kind']
    return typeof kind?.const === 'string'
      ? [{ value: kind.const, label: kind.title ?? kind.const, schema: alternative }]
      : []
  })
  const required = new Set(schema.required ?? [])
  const keys = Object.entries(schema.properties ?? {}).filter(
    ([key, child]) => key !== 'kind' || child.const === undefined,
  )
  const isOptional = !isRequired && node.default === undefined
  const isOn = !isOptional || given !== undefined
  return {
    kind: 'section',
    path,
    title: node.title ?? path.at(-1) ?? '',
    description: node.description ?? '',
    isChanged: !isSame(valueAt(value, path), valueAt(base, path)),
    isOptional,
    isOn,
    variants: variants.length > 1 ? variants : [],
    variant: toText(schema.properties?.['kind']?.const),
    schema,
    children: isOn
      ? keys.map(([key, child]) => formNode([...path, key], child, required.has(key), given, documents))
      : [],
  }
}

function fieldNode(path: RecipePath, node: SchemaNode, isRequired: boolean, { value, base }: Documents): FormField {
  const given = valueAt(value, path)
  const options = node.enum ?? node.anyOf?.flatMap((option) => (option.const === undefined ? [] : [option.const])) ?? []
  return {
    kind: 'field',
    path,
    title: node.title ?? path.at(-1) ?? '',
    description: node.description ?? '',
    isChanged: !isSame(given, valueAt(base, path)),
    control: controlFor(node, options.length > 0),
    choices: options.map((data) => ({ value: String(data), label: String(data), data })),
    text: toText(given),
    defaultText: toText(node.default),
    isRequired,
  }
}

function controlFor(node: SchemaNode, hasOptions: boolean): FormField['control'] {
  if (hasOptions) return 'choice'
  if (node.type === 'boolean') return 'boolean'
  if (node.type === 'array') return 'list'
  return node.type === 'number' || node.type === 'integer' ? 'number' : 'text'
}

/** What a typed text means for a field: undefined to leave the key out. A text that is no number stays a text: the check says what is wrong with it. */
export function fromText(field: Pick<FormField, 'control' | 'choices'>, text: string): unknown {
  const trimmed = text.trim()
  if (trimmed === '') return undefined
  if (field.control === 'boolean') return trimmed === 'true'
  if (field.control === 'choice') return field.choices.find((choice) => choice.value === trimmed)?.data ?? trimmed
  if (field.control === 'list')
    return trimmed
      .split(/[\s,]+/)
      .filter((part) => part !== '')
      .map(toNumber)
  return field.control === 'number' ? toNumber(trimmed) : trimmed
}

function toNumber(text: string): number | string {
  const number = Number(text)
  return Number.isNaN(number) ? text : number
}
