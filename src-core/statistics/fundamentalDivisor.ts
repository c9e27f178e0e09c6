const highestDivisor = 8
/** Share of all power that the lines of a lower fundamental must add. */
const leastGain = 0.01
/** ... and how many times the power beside them they must have. */
const leastExcess = 5
/** Weak lines count, too, where they stand so far out that no noise gives them: those of an orbit that nearly repeats itself sooner. */
const weakGain = 1e-6
const weakExcess = 20
/** Bins on each side of the middle of a line that are counted to it, and the distances of those that are its background. */
const halfWidth = 1
const background = [3, 4, 5]

/**
 * Where a line lies between the bins of a periodogram without a window: the leakage of a sinusoid at an offset d from its bin gives the next one an amplitude of d/(1 − d) times its own
 * (Grandke 1983, for the rectangular window). Counted from 1, the first bin.
 *
 * @param shares power by bin, not negative
 * @param peak index of the strongest bin of the line
 */
export function interpolatedBin(shares: Float64Array, peak: number): number {
  const [left, own, right] = [-1, 0, 1].map((shift) => Math.sqrt(shares[peak + shift] ?? 0))
  const [a = 0, b = 0, c = 0] = [left, own, right]
  return peak + 1 + (c > a ? c / (b + c) : a > 0 ? -a / (a + b) : 0)
}

/**
 * Which harmonic of a periodic motion its strongest line is: the m in 1..8 for which lines at multiples of a m-th of its frequency stand out of the power beside them and hold at least 1 % of all, or stand out twenty times.
 * A higher m counts only for lines that no lower one explains.
 *
 * @param shares power by bin, sums to 1
 * @param position of the strongest line, as `interpolatedBin` gives it
 * @param lowest bin that a fundamental may have
 */
export function fundamentalDivisor(shares: Float64Array, position: number, lowest: number): number {
  let found = 1
  for (let divisor = 2; divisor <= highestDivisor && position / divisor >= lowest; divisor += 1)
    if (addsLines(shares, { position, divisor, found })) found = divisor
  return found
}

function addsLines(
  shares: Float64Array,
  { position, divisor, found }: { readonly position: number; readonly divisor: number; readonly found: number },
): boolean {
  let line = 0
  let beside = 0
  for (let k = 1; (k * position) / divisor <= shares.length; k += 1) {
    // A multiple of the fundamental that was found already.
    if ((k * found) % divisor === 0) continue
    const centre = Math.round((k * position) / divisor) - 1
    for (let bin = centre - halfWidth; bin <= centre + halfWidth; bin += 1) line += shares[bin] ?? 0
    for (const distance of background)
      beside += ((shares[centre - distance] ?? 0) + (shares[centre + distance] ?? 0)) / 2
  }
  return (line >= leastGain && line >= leastExcess * beside) || (line >= weakGain && line >= weakExcess * beside)
}
