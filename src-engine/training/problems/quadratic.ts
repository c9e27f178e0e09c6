import type { Problem } from './problem.ts'

/** f(θ) = ½ Σ hᵢ θᵢ². */
export function quadratic(curvature: readonly number[], noise: number, start: number): Problem {
  const diagonal = Float64Array.from(curvature)
  return {
    dimension: diagonal.length,
    noise,
    start: new Float64Array(diagonal.length).fill(start),
    loss: (weights) => diagonal.reduce((sum, h, i) => sum + 0.5 * h * (weights[i] ?? 0) ** 2, 0),
    gradient: (weights) => diagonal.map((h, i) => h * (weights[i] ?? 0)),
    hessianDiagonal: () => diagonal,
  }
}
