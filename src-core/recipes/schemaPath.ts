import type { SchemaNode } from './jsonSchema.ts'

/** Plain objects only: arrays and null have no keys. */
export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Of a union by `kind` the branch that the value names, or null when it names none. A node without a union is its own branch. */
export function branchOf(node: SchemaNode, value: unknown): SchemaNode | null {
  if (!node.oneOf) return node
  const kind = isMapping(value) ? value['kind'] : undefined
  return node.oneOf.find((branch) => branch.properties?.['kind']?.const === kind) ?? null
}

/** The schema of what stands at `path` in `value`; null where no schema applies (unknown key, unknown kind). */
export function nodeAt(root: SchemaNode, value: unknown, path: readonly PropertyKey[]): SchemaNode | null {
  let node: SchemaNode | null = root
  let present = value
  for (const key of path) {
    const branch: SchemaNode | null = node ? branchOf(node, present) : null
    node = (typeof key === 'number' ? branch?.items : kindOrProperty(node, branch, String(key))) ?? null
    present = isMapping(present) || Array.isArray(present) ? Reflect.get(present, key) : undefined
  }
  return node
}

function kindOrProperty(node: SchemaNode | null, branch: SchemaNode | null, key: string): SchemaNode | undefined {
  if (key === 'kind' && node?.oneOf)
    return { enum: node.oneOf.flatMap((candidate) => candidate.properties?.['kind']?.const ?? []) }
  return branch?.properties?.[key]
}

/** Every dotted key that some recipe may have, of all branches, without duplicates. */
export function allKeys(node: SchemaNode, prefix = ''): string[] {
  const keys = new Set<string>()
  for (const branch of node.anyOf ?? node.oneOf ?? [node]) {
    for (const [key, child] of Object.entries(branch.properties ?? {})) {
      keys.add(prefix + key)
      for (const nested of allKeys(child, `${prefix}${key}.`)) keys.add(nested)
    }
  }
  return [...keys]
}
