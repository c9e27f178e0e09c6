/** A problem before the line is known. */
export interface KeyedProblem {
  path: readonly PropertyKey[]
  message: string
}

export function dotted(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : (index > 0 ? '.' : '') + String(part)))
    .join('')
}

/** A value as it reads in one line: JSON, cut after 60 characters. */
export function inOneLine(value: unknown): string {
  const text = typeof value === 'number' || value === undefined ? String(value) : JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}
