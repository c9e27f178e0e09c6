import type { NetworkRecipe } from '#core/recipes/recipe.ts'
import type { ProbeName } from '../trainer.ts'
import { balanceProbe } from './balanceProbe.ts'
import { fullGradientProbe } from './fullGradientProbe.ts'
import { gradientNoiseProbe } from './gradientNoiseProbe.ts'
import type { ProbeReading } from './measureProbes.ts'
import type { ProbeContext } from './probeContext.ts'
import { sharpnessProbe } from './sharpnessProbe.ts'
import { spectralDensityProbe } from './spectralDensityProbe.ts'
import type { WeightSketch } from './weightSketch.ts'

/** Takes one probe of a network; null when the recipe does not have it. */
export function takeNetworkProbe(
  name: ProbeName,
  probes: NetworkRecipe['probes'],
  context: ProbeContext,
  sketch: WeightSketch,
): ProbeReading | null {
  const { loss, weights } = context
  const { gradient_noise: noise, sharpness, balance, sketch: sketchProbe } = probes
  switch (name) {
    case 'full_gradient':
      return probes.full_gradient ? { scalars: fullGradientProbe(context) } : null
    case 'gradient_noise':
      return noise ? { scalars: gradientNoiseProbe(context, noise.batches) } : null
    case 'sharpness':
      return sharpness ? { scalars: sharpnessProbe(context, sharpness.iterations, sharpness.examples) } : null
    case 'spectral_density':
      return probes.spectral_density ? spectralDensityProbe(context, probes.spectral_density) : null
    case 'balance':
      return balance ? { scalars: balanceProbe(context, balance.batches) } : null
    case 'validation': {
      if (!probes.validation) return null
      const heldOut = loss.validation(weights)
      return { scalars: { 'validation/loss': heldOut.loss, 'validation/accuracy': heldOut.accuracy } }
    }
    case 'sketch': {
      if (!sketchProbe) return null
      const outputs = Float64Array.from(loss.outputs(weights, sketchProbe.examples))
      return { vectors: { 'sketch/weights': sketch.project(weights), 'sketch/function': outputs } }
    }
  }
}
