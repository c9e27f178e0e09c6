/** Cuts a long name in its middle, where names of runs differ least: `mnist-noi…ecay-s3`. At most `length` characters; surrogate pairs stay whole. */
export function shortenMiddle(text: string, length: number): string {
  const characters = Array.from(text)
  if (characters.length <= length) return text
  const kept = Math.max(1, length - 1)
  const head = Math.ceil(kept / 2)
  return `${characters.slice(0, head).join('')}…${characters.slice(characters.length - (kept - head)).join('')}`
}
