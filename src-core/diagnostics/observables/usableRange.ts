/** Magnitudes beyond which squares and their sums leave double precision. A value above is as good as infinite, one below as good as zero; single precision ends at 10^±38. */
export const largestUsable = 1e140
export const smallestUsable = 1e-140

/** Whether a value can be squared and summed. */
export function isUsable(value: number): boolean {
  return Math.abs(value) <= largestUsable
}
