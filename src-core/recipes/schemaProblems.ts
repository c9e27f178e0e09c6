import type { z } from 'zod'
import { describeAllowed } from './describeAllowed.ts'
import type { SchemaNode } from './jsonSchema.ts'
import { recipeJsonSchema } from './jsonSchema.ts'
import { nearestKey } from './nearestKey.ts'
import type { KeyedProblem } from './recipeProblem.ts'
import { dotted, inOneLine } from './recipeProblem.ts'
import { allKeys, branchOf, isMapping, nodeAt } from './schemaPath.ts'

/** The schema library's issues as problems in our words; one problem per offending key. */
export function schemaProblems(issues: readonly z.core.$ZodIssue[], root: SchemaNode, value: unknown): KeyedProblem[] {
  const problems = issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? unknownKeys(issue, root, value) : [wrongValue(issue.path, root, value)],
  )
  const seen = new Set<string>()
  return problems.filter((problem) => {
    const key = dotted(problem.path)
    return seen.has(key) ? false : seen.add(key)
  })
}

function wrongValue(path: readonly PropertyKey[], root: SchemaNode, value: unknown): KeyedProblem {
  const key = dotted(path)
  const node = nodeAt(root, value, path)
  const allowed = node ? describeAllowed(node) : 'a value that the schema knows'
  const present = valueAt(value, path)
  if (present === undefined) return { path, message: `${key} is missing; give ${allowed}` }
  return { path, message: `${key}: ${inOneLine(present)} is not allowed; it must be ${allowed}` }
}

function unknownKeys(issue: z.core.$ZodIssueUnrecognizedKeys, root: SchemaNode, value: unknown): KeyedProblem[] {
  const parentNode = nodeAt(root, value, issue.path)
  const branch = parentNode ? branchOf(parentNode, valueAt(value, issue.path)) : null
  const siblings = Object.keys(branch?.properties ?? {})
  const prefix = issue.path.length > 0 ? `${dotted(issue.path)}.` : ''
  return issue.keys.map((key) => {
    const meant = nearestKey(
      key,
      [...siblings.map((sibling) => prefix + sibling), ...allKeys(recipeJsonSchema())],
      prefix,
    )
    const advice = meant && meant !== prefix + key ? `did you mean ${meant}? A` : 'a'
    const place = prefix ? `under ${prefix.slice(0, -1)}` : 'at the top'
    const path = [...issue.path, key]
    return { path, message: `${dotted(path)}: unknown key; ${advice}llowed ${place}: ${siblings.join(', ')}` }
  })
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let present = value
  for (const key of path) present = isMapping(present) || Array.isArray(present) ? Reflect.get(present, key) : undefined
  return present
}
