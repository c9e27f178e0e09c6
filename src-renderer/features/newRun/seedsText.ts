/** Seeds as typed: numbers and ranges, `0-3, 7` is 0, 1, 2, 3, 7. Null when it is neither; at most 64 seeds. */
export function parseSeeds(text: string): number[] | null {
  const seeds: number[] = []
  for (const part of text.split(/[\s,]+/).filter((piece) => piece !== '')) {
    const match = /^(\d+)(?:-(\d+))?$/.exec(part)
    if (!match) return null
    const from = Number(match[1])
    const to = match[2] === undefined ? from : Number(match[2])
    if (to < from || to - from >= 64) return null
    for (let seed = from; seed <= to; seed += 1) seeds.push(seed)
  }
  const unique = [...new Set(seeds)]
  return unique.length > 64 ? null : unique
}
