/** Hyper-parameters of one step. */
export interface SgdSettings {
  learningRate: number
  momentum: number
  nesterov: boolean
  /** λ, coupled: λθ is added to the gradient. */
  weightDecay: number
}

/** What one step did, all sums in double precision. g is the gradient as fed to the optimizer, λθ included. */
export interface SgdScalars {
  /** ‖g‖². */
  gradientNormSquared: number
  /** θ·g at the weights before the step. */
  weightsDotGradient: number
  /** θ·Δ with Δ = θ' − θ as it was really made, after rounding. */
  weightsDotUpdate: number
  /** ‖Δ‖². */
  updateNormSquared: number
  /** ‖v‖² before the step; 0 at the first. */
  bufferNormSquared: number
  /** ‖θ‖² before the step. */
  weightNormSquared: number
  /** g·v with v before the step; 0 at the first. Without momentum v is the previous g. */
  gradientDotBuffer: number
  /** ‖u‖² of the direction that is subtracted, θ' = θ − ηu: v', or g + μv' for Nesterov. */
  directionNormSquared: number
  /** u·v'. */
  directionDotNextBuffer: number
}

type Vector = Float32Array | Float64Array

/**
 * One step of SGD in place: v' = μv + g, θ' = θ − ηv', or for Nesterov θ' = θ − η(g + μv') (Sutskever et al. 2013, as PyTorch has it). Without momentum v' = g.
 * One pass over host memory: every weight is touched once, and the step's scalars come for free.
 */
export function sgdStep(weights: Vector, buffer: Vector, gradient: Vector, settings: SgdSettings): SgdScalars {
  const { learningRate, momentum, nesterov, weightDecay } = settings
  // Factors and not a choice inside the loop: a branch there made the whole pass six times slower.
  const ofGradient = nesterov ? 1 : 0
  const ofBuffer = nesterov ? momentum : 1
  let gradientNormSquared = 0
  let weightsDotGradient = 0
  let weightsDotUpdate = 0
  let updateNormSquared = 0
  let bufferNormSquared = 0
  let weightNormSquared = 0
  let gradientDotBuffer = 0
  let directionNormSquared = 0
  let directionDotNextBuffer = 0
  for (let i = 0; i < weights.length; i += 1) {
    const weight = weights[i] ?? 0
    const velocity = buffer[i] ?? 0
    const slope = (gradient[i] ?? 0) + weightDecay * weight
    const nextVelocity = momentum * velocity + slope
    buffer[i] = nextVelocity
    const direction = ofGradient * slope + ofBuffer * nextVelocity
    weights[i] = weight - learningRate * direction
    const update = (weights[i] ?? 0) - weight
    gradientNormSquared += slope * slope
    weightsDotGradient += weight * slope
    weightsDotUpdate += weight * update
    updateNormSquared += update * update
    bufferNormSquared += velocity * velocity
    weightNormSquared += weight * weight
    gradientDotBuffer += slope * velocity
    directionNormSquared += direction * direction
    directionDotNextBuffer += direction * nextVelocity
  }
  return {
    gradientNormSquared,
    weightsDotGradient,
    weightsDotUpdate,
    updateNormSquared,
    bufferNormSquared,
    weightNormSquared,
    gradientDotBuffer,
    directionNormSquared,
    directionDotNextBuffer,
  }
}
