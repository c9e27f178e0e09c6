const width = 100

/** Names below a heading each, indented and broken into lines, for the end of a help text. */
export function helpList(groups: readonly (readonly [heading: string, names: readonly string[]])[]): string {
  return groups.map(([heading, names]) => `  ${heading}:\n${wrapped(names)}`).join('\n')
}

function wrapped(names: readonly string[]): string {
  const lines: string[] = []
  for (const [index, name] of names.entries()) {
    const text = index === names.length - 1 ? name : `${name},`
    const last = lines.at(-1)
    if (last === undefined || last.length + text.length >= width) lines.push(`    ${text}`)
    else lines[lines.length - 1] = `${last} ${text}`
  }
  return lines.join('\n')
}
