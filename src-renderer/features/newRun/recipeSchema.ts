/** The part of JSON Schema (2020-12) that the schema of recipes uses. */
export interface SchemaNode {
  type?: string
  title?: string
  description?: string
  default?: unknown
  examples?: unknown[]
  const?: unknown
  enum?: unknown[]
  properties?: Record<string, SchemaNode>
  required?: string[]
  items?: SchemaNode
  anyOf?: SchemaNode[]
  oneOf?: SchemaNode[]
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  exclusiveMaximum?: number
}

export type Mapping = Record<string, unknown>

export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isSchemaNode(value: unknown): value is SchemaNode {
  return isMapping(value)
}

/** The alternative whose required keys the value has, or whose constants it matches; the first one when none does. */
export function chooseVariant(variants: readonly SchemaNode[], value: unknown): SchemaNode | undefined {
  const given = isMapping(value) ? value : {}
  const matches = (variant: SchemaNode): boolean => {
    const constants = Object.entries(variant.properties ?? {}).filter(
      ([key, node]) => node.const !== undefined && (variant.required ?? []).includes(key),
    )
    if (constants.length > 0) return constants.every(([key, node]) => given[key] === node.const)
    return Object.keys(given).every((key) => variant.properties?.[key] !== undefined)
  }
  return variants.find(matches) ?? variants[0]
}

/** A value that satisfies a required key without a default: its example, its constant, or nothing. */
export function exampleOf(node: SchemaNode): unknown {
  return node.const ?? node.default ?? node.examples?.[0]
}

/** What a new section begins with: its required keys with their examples. */
export function initialObject(node: SchemaNode): Mapping {
  const required = new Set(node.required ?? [])
  const entries = Object.entries(node.properties ?? {}).filter(([key]) => required.has(key))
  return Object.fromEntries(entries.map(([key, child]) => [key, exampleOf(child)]))
}
