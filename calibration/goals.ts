import { binomialInterval } from '#core/statistics/binomialInterval.ts'
import type { Rate } from './rates.ts'

/** What a rate should be. */
export interface Goal {
  readonly low: number
  readonly high: number
}

/** A test at 5 %. */
export const levelGoal: Goal = { low: 0.03, high: 0.08 }
/** An interval at 95 %. */
export const coverageGoal: Goal = { low: 0.92, high: 0.98 }
/** A call that is wrong whenever it is made. */
export const errorGoal: Goal = { low: 0, high: 0.01 }

/**
 * `met`: the share is inside the goal; `near`: outside, but its 95 % interval reaches it; `missed`: the interval is outside;
 * `few`: the diagnostic itself says "not enough samples" in more than half of the repetitions, so nothing is claimed.
 */
export type GoalState = 'met' | 'near' | 'missed' | 'few'

export const shareOf = ({ hits, judged }: Rate) => hits / judged

export function goalState(rate: Rate, goal: Goal): GoalState {
  if (rate.judged < rate.repetitions / 2) return 'few'
  const share = shareOf(rate)
  if (share >= goal.low && share <= goal.high) return 'met'
  const { low, high } = binomialInterval(rate.hits, rate.judged)
  return high >= goal.low && low <= goal.high ? 'near' : 'missed'
}
