const longest = 40

/** A cell or name from a file, short enough for a message of one line. */
export function shorten(text: string): string {
  return text.length > longest ? `${text.slice(0, longest - 3)}...` : text
}
