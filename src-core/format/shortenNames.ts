import { shortenMiddle } from './shortenMiddle.ts'

/** Ends a word of a name. */
const separator = /[-_./\s]/

/**
 * Names that stand beside each other, each cut to at most `length` characters as `shortenMiddle` does, in the given order. Where that would make different names look
 * the same, what all of them begin and end with is left out instead, word by word: `…s1…`, `…s2…`.
 */
export function shortenNames(names: readonly string[], length: number): string[] {
  const short = names.map((name) => shortenMiddle(name, length))
  if (new Set(short).size === new Set(names).size) return short
  const characters = names.map((name) => Array.from(name))
  const start = commonStart(characters)
  const rests = characters.map((each) => each.slice(start).toReversed())
  const end = commonStart(rests)
  return rests.map((rest) => {
    const differing = rest.slice(end).toReversed().join('')
    const room = length - Number(start > 0) - Number(end > 0)
    return `${start > 0 ? '…' : ''}${shortenMiddle(differing, room)}${end > 0 ? '…' : ''}`
  })
}

/** How many characters, in whole words, all texts begin with. */
function commonStart(texts: readonly (readonly string[])[]): number {
  const [first = [], ...others] = texts
  const differsAt = first.findIndex((character, i) => others.some((other) => other[i] !== character))
  const common = first.slice(0, differsAt < 0 ? first.length : differsAt)
  return common.findLastIndex((character) => separator.test(character)) + 1
}
