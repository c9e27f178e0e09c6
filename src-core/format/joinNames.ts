/** Names in a sentence: `loss, ‖∇f‖² and ‖θ‖²`; empty without any. */
export function joinNames(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
