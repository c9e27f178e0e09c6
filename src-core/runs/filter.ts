import type { RunRow } from '#shared/run.ts'
import {
  compareField,
  comparisonOperators,
  isMissing,
  parseFilterNumber,
  parseFilterTime,
  type ComparisonOperator,
} from './compareField.ts'
import { filterError, tokenizeFilter, type FilterToken } from './filterTokens.ts'
import { fieldNames, runField, splitFieldPath, type RunField } from './runField.ts'

export type RunPredicate = (row: RunRow) => boolean

const keywords = new Set(['and', 'or', 'not', 'is'])

/** A metric of the run has at least one point that is NaN or infinite. */
function isDiverged(row: RunRow): boolean {
  return Object.values(row.metrics).some(({ nonFiniteCount }) => nonFiniteCount > 0)
}

function unquote(token: FilterToken): string {
  return token.kind === 'text' ? token.text.slice(1, -1) : token.text
}

/** Recursive descent over `or` < `and` (or nothing between two terms) < `not` < term. */
class FilterParser {
  readonly #tokens: readonly FilterToken[]
  #next = 0

  constructor(filter: string) {
    this.#tokens = tokenizeFilter(filter)
  }

  parse(): RunPredicate {
    if (this.#peek().kind === 'end') return () => true
    const predicate = this.#parseOr()
    const rest = this.#peek()
    if (rest.kind !== 'end') throw filterError(`"${rest.text}" is not expected here`, rest.position)
    return predicate
  }

  #parseOr(): RunPredicate {
    const terms = [this.#parseAnd()]
    while (this.#takeWord('or')) terms.push(this.#parseAnd())
    return (row) => terms.some((term) => term(row))
  }

  #parseAnd(): RunPredicate {
    const terms = [this.#parseNot()]
    while (this.#takeWord('and') || this.#startsTerm()) terms.push(this.#parseNot())
    return (row) => terms.every((term) => term(row))
  }

  #parseNot(): RunPredicate {
    if (!this.#takeWord('not')) return this.#parseTerm()
    const term = this.#parseNot()
    return (row) => !term(row)
  }

  #parseTerm(): RunPredicate {
    const token = this.#take()
    if (token.kind === 'parenthesis' && token.text === '(') {
      const inner = this.#parseOr()
      const closing = this.#take()
      if (closing.text !== ')' || closing.kind !== 'parenthesis')
        throw filterError(`")" is missing for "(" at ${token.position}`, closing.position)
      return inner
    }
    const isWord = token.kind === 'word' && !keywords.has(token.text.toLowerCase())
    if (!isWord && token.kind !== 'text')
      throw filterError(
        token.kind === 'end' ? 'something is missing at the end' : `"${token.text}" is not expected here`,
        token.position,
      )
    if (this.#peek().kind === 'operator') return this.#parseComparison(token)
    if (this.#isWord('is') && isWord) return this.#parseIsMissing(token)
    if (isWord && token.text.toLowerCase() === 'diverged') return isDiverged
    const search = unquote(token).toLowerCase()
    return (row) => row.name.toLowerCase().includes(search)
  }

  #parseComparison(token: FilterToken): RunPredicate {
    const field = this.#fieldOf(token)
    const operator = comparisonOperators.find((known) => known === this.#peek().text) ?? '='
    this.#take()
    const valueToken = this.#take()
    if (valueToken.kind !== 'word' && valueToken.kind !== 'text') {
      throw filterError(`a value is missing after "${token.text} ${operator}"`, valueToken.position)
    }
    return this.#comparison(field, operator, valueToken)
  }

  #comparison(field: RunField, operator: ComparisonOperator, token: FilterToken): RunPredicate {
    const text = unquote(token)
    const number = field.isTime ? parseFilterTime(text) : parseFilterNumber(text)
    if (field.isTime && Number.isNaN(number))
      throw filterError(`"${text}" is not a date: write it like 2026-01-31`, token.position)
    return (row) => compareField(field.read(row), operator, { text, number })
  }

  #parseIsMissing(token: FilterToken): RunPredicate {
    const field = this.#fieldOf(token)
    this.#take()
    const isNegated = this.#takeWord('not')
    const last = this.#take()
    if (last.text.toLowerCase() !== 'missing')
      throw filterError(`after "is" comes "missing" or "not missing", not "${last.text}"`, last.position)
    return (row) => isMissing(field, row) !== isNegated
  }

  #fieldOf(token: FilterToken): RunField {
    const segments = token.kind === 'word' ? splitFieldPath(token.text) : null
    const field = segments && runField(segments)
    if (!field)
      throw filterError(`there is no field ${token.text}: fields are ${fieldNames.join(', ')}`, token.position)
    return field
  }

  #startsTerm(): boolean {
    const { kind, text } = this.#peek()
    if (kind === 'word') return text.toLowerCase() !== 'or'
    return kind === 'text' || (kind === 'parenthesis' && text === '(')
  }

  #peek(): FilterToken {
    return this.#tokens[this.#next] ?? { kind: 'end', text: '', position: 1 }
  }

  #take(): FilterToken {
    const token = this.#peek()
    this.#next += 1
    return token
  }

  #isWord(word: string): boolean {
    const token = this.#peek()
    return token.kind === 'word' && token.text.toLowerCase() === word
  }

  #takeWord(word: string): boolean {
    if (!this.#isWord(word)) return false
    this.#next += 1
    return true
  }
}

/**
 * The predicate that a filter (docs/filter.md) stands for; an empty filter holds for every run.
 * Errors: ErgoscopeError `invalid-filter` with one line and the 1-based character, also as `data.position`.
 */
export function parseFilter(filter: string): RunPredicate {
  return new FilterParser(filter).parse()
}
