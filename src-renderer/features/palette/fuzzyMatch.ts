export interface FuzzyMatch {
  /** Higher is better; comparable for one query only. */
  score: number
  /** Indices of the matched characters, ascending. */
  indices: number[]
}

const wordStart = /[\s/_.:"-]/

/**
 * Whether the letters of the query occur in the text in this order, ignoring case and spaces of the query.
 * A run of neighbouring letters and a start of a word count more, a late first letter and a long text a little less. An empty query matches anything with score 0.
 */
export function fuzzyMatch(query: string, text: string): FuzzyMatch | null {
  const wanted = query.toLowerCase().replace(/\s+/g, '')
  const lower = text.toLowerCase()
  if (wanted === '') return { score: 0, indices: [] }
  const whole = lower.indexOf(query.trim().toLowerCase())
  if (whole >= 0) {
    const length = query.trim().length
    return {
      score: 100 + scoreAt(lower, whole) - text.length / 100,
      indices: Array.from({ length }, (_, offset) => whole + offset),
    }
  }
  const indices: number[] = []
  let score = 0
  for (const letter of wanted) {
    const previous = indices.at(-1) ?? -1
    const index = lower.indexOf(letter, previous + 1)
    if (index < 0) return null
    score += index === previous + 1 ? 5 : scoreAt(lower, index)
    indices.push(index)
  }
  return { score: score - text.length / 100, indices }
}

function scoreAt(text: string, index: number): number {
  return index === 0 || wordStart.test(text.charAt(index - 1)) ? 8 : 1 - index / 100
}

/** The text in pieces, the matched ones marked. */
export function markMatches(text: string, indices: readonly number[]): { text: string; isMatch: boolean }[] {
  const marked = new Set(indices)
  const pieces: { text: string; isMatch: boolean }[] = []
  for (let index = 0; index < text.length; index += 1) {
    const isMatch = marked.has(index)
    const last = pieces.at(-1)
    if (last?.isMatch === isMatch) last.text += text.charAt(index)
    else pieces.push({ text: text.charAt(index), isMatch })
  }
  return pieces
}
