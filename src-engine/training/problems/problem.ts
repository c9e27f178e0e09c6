/** A smooth function of few variables, in double precision, whose derivatives are known in closed form. */
export interface Problem {
  readonly dimension: number
  /** Standard deviation σ of the Gaussian noise on every component of the gradient. */
  readonly noise: number
  /** θ before the first step. */
  readonly start: Float64Array
  loss(weights: Float64Array): number
  gradient(weights: Float64Array): Float64Array
  /** The Hessian, which is diagonal. */
  hessianDiagonal(weights: Float64Array): Float64Array
}
