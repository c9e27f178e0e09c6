/** Weights that are not finite never become finite again: so many steps show it, more would only repeat it. */
const toleratedNonFiniteSteps = 100

export interface DivergenceWatch {
  readonly firstNonFinite: { step: number; loss: number } | null
  /** Whether the last observed loss was not finite. */
  readonly isNonFinite: boolean
  /** Non-finite losses without a break have gone on too long. */
  readonly isHopeless: boolean
  /** Returns true for the first non-finite loss of the run. */
  observe(step: number, loss: number): boolean
  /** `diverged: loss is NaN since step 412`; empty before that. */
  describe(): string
}

export function createDivergenceWatch(): DivergenceWatch {
  let first: { step: number; loss: number } | null = null
  let nonFiniteInARow = 0
  return {
    get firstNonFinite() {
      return first
    },
    get isNonFinite() {
      return nonFiniteInARow > 0
    },
    get isHopeless() {
      return nonFiniteInARow >= toleratedNonFiniteSteps
    },
    observe(step, loss) {
      nonFiniteInARow = Number.isFinite(loss) ? 0 : nonFiniteInARow + 1
      if (nonFiniteInARow === 0 || first) return false
      first = { step, loss }
      return true
    },
    describe: () => (first ? `diverged: loss is ${first.loss} since step ${first.step}` : ''),
  }
}
