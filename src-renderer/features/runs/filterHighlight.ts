import { tokenizeFilter } from '#core/runs/filterTokens.ts'

export interface FilterPiece {
  text: string
  look: 'key' | 'operator' | 'text' | 'number' | 'plain'
}

const keywords = new Set(['and', 'or', 'not', 'is', 'missing', 'diverged'])

/** The filter in coloured pieces, every character kept. A filter that cannot be read yet (an open quote) stays plain. */
export function highlightFilter(filter: string): FilterPiece[] {
  let tokens
  try {
    tokens = tokenizeFilter(filter)
  } catch {
    // While it is being typed; the engine's message stands below the bar.
    return [{ text: filter, look: 'plain' }]
  }
  const pieces: FilterPiece[] = []
  let end = 0
  for (const [index, token] of tokens.entries()) {
    const start = token.position - 1
    if (start > end) pieces.push({ text: filter.slice(end, start), look: 'plain' })
    const isField = tokens[index + 1]?.kind === 'operator'
    if (token.text !== '') pieces.push({ text: token.text, look: lookOf(token.kind, token.text, isField) })
    end = start + token.text.length
  }
  return pieces
}

function lookOf(kind: string, text: string, isField: boolean): FilterPiece['look'] {
  if (kind === 'operator' || kind === 'parenthesis' || keywords.has(text.toLowerCase())) return 'operator'
  if (isField) return 'key'
  if (kind === 'text') return 'text'
  return Number.isNaN(Number(text)) ? 'text' : 'number'
}
