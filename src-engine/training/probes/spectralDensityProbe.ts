import { createRandomStream } from '#core/random/randomStream.ts'
import type { SpectralQuadrature } from '#core/statistics/spectralQuadrature.ts'
import { stochasticSpectrum } from '#core/statistics/stochasticSpectrum.ts'
import type { ProbeReading } from './measureProbes.ts'
import type { ProbeContext } from './probeContext.ts'

export interface SpectrumSettings {
  readonly iterations: number
  readonly starts: number
  readonly examples: number
}

/** Seed of the starts, the same for every probe of every run: they differ by their weights alone. */
const startSeed = 1

/** Nodes of each quadrature: no more than there are weights. */
export function spectrumNodeCount(
  { iterations }: Pick<SpectrumSettings, 'iterations'>,
  parameterCount: number,
): number {
  return Math.min(iterations, parameterCount)
}

/** One block of `size` per quadrature. A shorter one is filled up with its largest node at weight 0, one without nodes with NaN. */
function blocks(quadratures: readonly SpectralQuadrature[], size: number) {
  const values = new Float64Array(quadratures.length * size)
  const weights = new Float64Array(values.length)
  quadratures.forEach(({ nodes, weights: own }, block) => {
    const from = block * size
    values.fill(nodes.at(-1) ?? Number.NaN, from, from + size).set(nodes, from)
    weights.fill(nodes.length === 0 ? Number.NaN : 0, from, from + size).set(own, from)
  })
  return { values, weights }
}

/** Readings of the spectrum: the quadratures as two vectors, the trace as scalars. */
export function spectrumReading(
  quadratures: readonly SpectralQuadrature[],
  trace: { mean: number; standardError: number },
  nodeCount: number,
): ProbeReading {
  const { values, weights } = blocks(quadratures, nodeCount)
  return {
    scalars: { 'probe/hessian_trace': trace.mean, 'probe/hessian_trace_standard_error': trace.standardError },
    vectors: { 'probe/ritz_values': values, 'probe/ritz_weights': weights },
  }
}

/** Spectral density of the Hessian of f on the first `examples` training examples, which are a fixed random subset, from starts with entries ±1. */
export function spectralDensityProbe(context: ProbeContext, settings: SpectrumSettings): ProbeReading {
  const { loss, weights } = context
  const examples = Int32Array.from({ length: Math.min(settings.examples, loss.exampleCount) }, (_, index) => index)
  const starts = Array.from({ length: settings.starts }, (_, i) => {
    const random = createRandomStream(startSeed, 'probe/spectral_density', i)
    return Float64Array.from({ length: loss.parameterCount }, () => (random.uniform() < 0.5 ? -1 : 1))
  })
  const multiply = (vector: Float64Array) => loss.hessianProduct(weights, vector, examples)
  const { quadratures, trace } = stochasticSpectrum(multiply, starts, settings.iterations)
  return spectrumReading(quadratures, trace, spectrumNodeCount(settings, loss.parameterCount))
}
