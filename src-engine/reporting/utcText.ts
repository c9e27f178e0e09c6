/** A moment as `2026-03-01 14:05 UTC`: the same for every reader. */
export function utcText(timeMs: number): string {
  return Number.isFinite(timeMs) ? `${new Date(timeMs).toISOString().slice(0, 16).replace('T', ' ')} UTC` : 'unknown'
}
