import { z } from 'zod'
import { networkRecipeSchema, problemRecipeSchema } from './recipe.ts'

/** The part of JSON Schema (2020-12) that recipes use. */
export interface SchemaNode {
  type?: string
  title?: string
  description?: string
  default?: unknown
  examples?: unknown[]
  const?: string | number
  enum?: (string | number)[]
  properties?: Record<string, SchemaNode>
  required?: string[]
  items?: SchemaNode
  anyOf?: SchemaNode[]
  oneOf?: SchemaNode[]
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  exclusiveMaximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  pattern?: string
}

function toNode(schema: z.ZodType): SchemaNode {
  // zod types its output as the whole of JSON Schema; ours uses the keywords above only.
  const { $schema: _dialect, ...node } = z.toJSONSchema(schema, { io: 'input' }) as SchemaNode & { $schema?: string }
  return node
}

export const networkRecipeNode: SchemaNode = toNode(networkRecipeSchema)
export const problemRecipeNode: SchemaNode = toNode(problemRecipeSchema)

/** The published schema of a recipe, as in resources/recipe.schema.json: a network on data, or an analytic problem. */
export function recipeJsonSchema(): SchemaNode & { $schema: string } {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Ergoscope recipe',
    description: 'One experiment: what is trained, how, for how long, and what is measured.',
    anyOf: [networkRecipeNode, problemRecipeNode],
  }
}
