/** The name, or the first of `name (2)`, `name (3)`, ... that no other run has. */
export function freeName(name: string, taken: readonly string[]): string {
  const names = new Set(taken)
  if (!names.has(name)) return name
  let count = 2
  while (names.has(`${name} (${count})`)) count += 1
  return `${name} (${count})`
}
