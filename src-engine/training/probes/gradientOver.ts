import type { TrainingLoss } from '../trainingLoss.ts'
import type { GradientAt } from './hessianVectorProduct.ts'

/** ∇f over fixed examples as a function of the weights, without weight decay: what Hessian-vector products differentiate. */
export function gradientOver(loss: TrainingLoss, indices: Int32Array): GradientAt {
  return (weights, gradient) => {
    loss.meanGradient(Float32Array.from(weights), indices, gradient)
  }
}
