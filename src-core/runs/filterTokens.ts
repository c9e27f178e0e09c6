import { ErgoscopeError } from '#shared/errors.ts'

export interface FilterToken {
  /** `word`: a field, keyword, number or bare word; `text`: in quotes; `end`: after the last one. */
  readonly kind: 'word' | 'text' | 'operator' | 'parenthesis' | 'end'
  readonly text: string
  /** 1-based character. */
  readonly position: number
}

export function filterError(message: string, position: number): ErgoscopeError {
  return new ErgoscopeError('invalid-filter', `filter, character ${position}: ${message}`, { data: { position } })
}

/** A word may hold quoted parts after a dot: metrics."train/loss".last */
const patterns: readonly [FilterToken['kind'], RegExp][] = [
  ['operator', /(?:!=|<=|>=|!~|[=<>~])/y],
  ['parenthesis', /[()]/y],
  ['text', /"[^"]*"|'[^']*'/y],
  ['word', /[^\s()"'=<>~!]+(?:"[^"]*"[^\s()"'=<>~!]*)*/y],
]

function tokenAt(filter: string, offset: number): FilterToken | null {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = offset
    const match = pattern.exec(filter)
    if (match) return { kind, text: match[0], position: offset + 1 }
  }
  return null
}

/** The tokens of a filter, with an `end` token last. Throws ErgoscopeError `invalid-filter` for a quote that does not end or a stray character. */
export function tokenizeFilter(filter: string): FilterToken[] {
  const tokens: FilterToken[] = []
  let offset = 0
  for (;;) {
    while (offset < filter.length && /\s/.test(filter.charAt(offset))) offset += 1
    if (offset >= filter.length) break
    const token = tokenAt(filter, offset)
    if (!token) {
      const character = filter.charAt(offset)
      const isQuote = character === '"' || character === "'"
      throw filterError(
        isQuote ? `the quote ${character} does not end` : `"${character}" is not understood here`,
        offset + 1,
      )
    }
    tokens.push(token)
    offset += token.text.length
  }
  tokens.push({ kind: 'end', text: '', position: filter.length + 1 })
  return tokens
}
