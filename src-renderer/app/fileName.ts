/** A title as the name of a file without its ending, `otherwise` where it has no letter or digit. */
export function fileName(title: string, otherwise: string): string {
  const name = title.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '')
  return name.toLowerCase().slice(0, 100) || otherwise
}
