/** JSON to be copied, as the command line writes it: NaN and infinities as strings. */
export function jsonText(value: unknown): string {
  return JSON.stringify(
    value,
    (_, entry: unknown) => (typeof entry === 'number' && !Number.isFinite(entry) ? String(entry) : entry),
    2,
  )
}
