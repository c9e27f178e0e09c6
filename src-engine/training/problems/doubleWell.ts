import type { Problem } from './problem.ts'

/** f(θ) = (θ² − 1)²/4, with minima at ±1. */
export function doubleWell(noise: number, start: number): Problem {
  return {
    dimension: 1,
    noise,
    start: Float64Array.of(start),
    loss: ([theta = 0]) => (theta * theta - 1) ** 2 / 4,
    gradient: ([theta = 0]) => Float64Array.of(theta ** 3 - theta),
    hessianDiagonal: ([theta = 0]) => Float64Array.of(3 * theta * theta - 1),
  }
}
