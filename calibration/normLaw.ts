import type { RandomGenerator } from '#core/random/randomGenerator.ts'
import type { RunLaw } from './runLaws.ts'
import { observablesFromColumns } from './simulations.ts'

const dimension = 200
const learningRate = 0.1
const burnIn = 1000

/**
 * Norms of scale-invariant weights under SGD with decay λ (q8): x = ‖w‖² obeys x' = (1 − ηλ)²x + η²χ²_{d−1}/x, the gradient being at right angles to the weights; x² has about the memory of an AR(1) with
 * φ = (1 − ηλ)⁴. Without decay (φ = 1) it grows.
 */
export function normLaw(phi: number): RunLaw {
  const weightDecay = (1 - phi ** 0.25) / learningRate
  return {
    name: phi === 1 ? 'norm without decay' : `norm with decay, φ = ${phi}`,
    isMoving: phi === 1,
    simulate: (n, random) => simulateNorm(n, weightDecay, random),
    truths: () =>
      phi === 1
        ? { 'growth of the norm over its prediction': 1 }
        : { 'norm equilibrium': equilibriumRatio(weightDecay) },
  }
}

function simulateNorm(n: number, weightDecay: number, random: RandomGenerator) {
  const columns = { norm: new Float64Array(n), gradient: new Float64Array(n), product: new Float64Array(n) }
  const [mean, deviation] = [dimension - 1, Math.sqrt(2 * (dimension - 1))]
  // Without decay so far out that what is beyond first order in η² does not count.
  let square =
    weightDecay > 0 ? Math.sqrt((learningRate * mean) / (2 * weightDecay)) : 1e3 * learningRate * Math.sqrt(mean)
  for (let t = weightDecay > 0 ? -burnIn : 0; t < n; t += 1) {
    // χ² with many degrees of freedom, by its normal limit.
    const noise = Math.max(0, mean + deviation * random.normal()) / square
    if (t >= 0) {
      columns.norm[t] = square
      columns.gradient[t] = noise + weightDecay ** 2 * square
      columns.product[t] = weightDecay * square
    }
    square = (1 - learningRate * weightDecay) ** 2 * square + learningRate ** 2 * noise
  }
  return observablesFromColumns(
    columns,
    { weight_norm_squared: 'norm', stochastic_gradient_norm_squared: 'gradient', weights_dot_gradient: 'product' },
    { learningRate, momentum: 0, weightDecay },
  )
}

/**
 * Predicted over actual E x²: with a = 1 − ηλ, s = η² and m = d − 1, E x²(1 − a⁴) = 2a²sm + s²(m² + 2m)·E x⁻², and E x⁻² = (1 + v)/E x² with v = 8s²m(1 − a²)²/((1 − a⁸)s²m²) to first order.
 */
function equilibriumRatio(weightDecay: number): number {
  const [a, s, m] = [1 - learningRate * weightDecay, learningRate ** 2, dimension - 1]
  const predicted = (learningRate * m) / (weightDecay * (2 - learningRate * weightDecay))
  const v = (8 * (1 - a * a) ** 2) / ((1 - a ** 8) * m)
  const [linear, constant] = [2 * a * a * s * m, s * s * (m * m + 2 * m) * (1 + v)]
  const actual = (linear + Math.sqrt(linear ** 2 + 4 * (1 - a ** 4) * constant)) / (2 * (1 - a ** 4))
  return predicted / actual
}
