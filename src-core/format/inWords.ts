import { scalarRoles, vectorRoles } from '../diagnostics/observables/observables.ts'

const symbols: Readonly<Record<string, string>> = { gradient: '‖∇f‖²', weight: '‖θ‖²' }

/** Longest first, so that none is taken for the beginning of another. */
const words = [...scalarRoles, ...vectorRoles]
  .filter((name) => name.includes('_'))
  .toSorted((a, b) => b.length - a.length)
const known = new RegExp(`(?<![\\w./-])(?:${words.join('|')})(?![\\w/-]|\\.\\w)`, 'g')
/** What is to be typed: `the role gradient_norm`, `the roles ritz_values and ritz_weights`. */
const typed = /\broles? \w+(?:(?:, (?:or |and )?| or | and )\w+_\w+)*/g

/** A text with the symbols of the squared norms in place of their roles; names of metrics (`probe/gradient_norm_squared`) and of other roles stay. */
export function withSymbols(text: string): string {
  return text.replaceAll(
    /(?<![\w./-])(gradient|weight)_norm_squared(?![\w/-]|\.\w)/g,
    (role, of: string) => symbols[of] ?? role,
  )
}

/**
 * Roles in a text as they are read, by their symbol, else in words: `‖∇f‖²`, `learning rate`. Everything else stays as it is written: names of runs and metrics
 * (`my_run`, `probe/gradient_norm`), and a role that is to be typed (`give the role gradient_norm`).
 */
export function inWords(text: string): string {
  const parts: string[] = []
  let end = 0
  for (const match of text.matchAll(typed)) {
    parts.push(readable(text.slice(end, match.index)), match[0])
    end = match.index + match[0].length
  }
  return parts.join('') + readable(text.slice(end))
}

function readable(text: string): string {
  return withSymbols(text).replaceAll(known, (name) => name.replaceAll('_', ' '))
}
