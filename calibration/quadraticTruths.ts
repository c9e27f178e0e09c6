import { oddStride } from '#core/diagnostics/observables/seriesRange.ts'
import { batchSize, sharpnessAt, type Quadratic } from './quadraticRun.ts'

/** Rows of a vector that the diagnostics keep. */
const keptRows = 4096

/** What the intervals of `runIntervals.ts` should cover in a run of n steps of `simulateQuadratic`. Var θ = η(1+μ)/(h(1−μ)(2(1+μ)−ηh)) and E v² = 2h Var θ/(η(1+μ)) under unit noise. */
export function quadraticTruths(law: Quadratic, n: number): Record<string, number> {
  const { curvatures, learningRate: eta, momentum: mu, isGaussian } = law
  const variances = curvatures.map((h) => (eta * (1 + mu)) / (h * (1 - mu) * (2 * (1 + mu) - eta * h)))
  const sum = (of: (h: number, variance: number) => number) =>
    curvatures.reduce((total, h, i) => total + of(h, variances[i] ?? Number.NaN), 0)
  const gap = sum((h, variance) => h * h * variance)
  const noise = curvatures.length
  const [fullForm, noiseForm] = [sum((h, variance) => h ** 3 * variance), sum((h) => h)]
  const velocityForm = sum((h, variance) => (h * 2 * h * variance) / (eta * (1 + mu)))
  const norm = sum((_, variance) => variance)
  return {
    gap,
    'noise trace': noise,
    'signal to noise': gap / noise,
    'signal share': gap / (gap + noise),
    'noise scale': (batchSize * noise) / gap,
    'balance from probes': 0,
    'balance from probes over the gap': 0,
    'descent per step': -0.5 * eta ** 2 * velocityForm,
    'curvature term per step': 0.5 * eta ** 2 * velocityForm,
    'sum of both terms per step': 0,
    'change of the loss per step': 0,
    sharpness: sharpnessAt(Math.sqrt(variances[0] ?? Number.NaN)),
    'directional sharpness': fullForm / gap,
    'batch sharpness': (fullForm + noiseForm) / (gap + noise),
    SASA: 0,
    'SASA+': 0,
    'change of window means': 0,
    ...(isGaussian ? { 'scale-free gap': norm * gap + 2 * sum((h, variance) => (h * variance) ** 2) } : {}),
    ...(mu === 0 ? plainTruths(law, n, { variances, gap, noise }) : {}),
  }
}

/** Where each coordinate is an AR(1) with φ = 1 − ηh. */
function plainTruths(
  { curvatures, learningRate: eta, isGaussian }: Quadratic,
  n: number,
  { variances, gap, noise }: { variances: readonly number[]; gap: number; noise: number },
): Record<string, number> {
  const correlations = curvatures.map((h) => 1 - eta * h)
  const weighted = (of: (phi: number) => number) =>
    correlations.reduce((total, phi, i) => total + (variances[i] ?? Number.NaN) * of(phi), 0)
  return {
    'second relation': 1,
    Pflug: -gap,
    'Pflug, cosine': -gap / (gap + noise),
    'correlation of successive steps': -weighted((phi) => (1 - phi) ** 2) / weighted((phi) => 2 * (1 - phi)),
    ...(isGaussian ? { rotation: 0, asymmetry: 0 } : {}),
    ...displacementTruths(correlations, variances, n),
  }
}

/** MSD(ℓ) = 2Σ V(1 − φ^ℓ); the exponent is 0 where the memory is short against n/40, the shortest lag that enters it. */
function displacementTruths(correlations: readonly number[], variances: readonly number[], n: number) {
  const curve = (lag: number) =>
    2 * correlations.reduce((total, phi, i) => total + (variances[i] ?? Number.NaN) * (1 - phi ** lag), 0)
  const isShort = Math.max(...correlations.map(Math.abs)) ** (n / 40) < 1e-3
  return {
    // Of long runs every few rows are kept.
    'displacement at the first lag': curve(oddStride(n, keptRows)),
    'displacement at n/10': curve(Math.floor(n / 10)),
    ...(isShort ? { 'displacement exponent': 0 } : {}),
  }
}
