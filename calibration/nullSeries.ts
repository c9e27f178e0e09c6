import type { RandomGenerator } from '#core/random/randomGenerator.ts'

/** A stationary law to draw series from, with what is known of it exactly. */
export interface NullSeries {
  readonly name: string
  /** Exact mean; NaN where it has no closed form. */
  readonly mean: number
  /** Exact integrated autocorrelation time; NaN where the variance is infinite or no closed form is used. */
  readonly autocorrelationTime: number
  /** Whether its law is the same backwards in time. */
  readonly isReversible: boolean
  /** A stationary series of n values. */
  readonly simulate: (n: number, random: RandomGenerator) => Float64Array
}

const burnIn = 1000

export type Innovation = (random: RandomGenerator) => number

export const gaussian: Innovation = (random) => random.normal()

/** Student's t: of 3 degrees of freedom it has a variance, but infinite kurtosis. */
export function studentT(random: RandomGenerator, freedom: number): number {
  let square = 0
  for (let i = 0; i < freedom; i += 1) square += random.normal() ** 2
  return random.normal() / Math.sqrt(square / freedom)
}

const studentThree: Innovation = (random) => studentT(random, 3)

/** Symmetric α-stable by Chambers, Mallows & Stuck (1976, eq. 2.3): infinite variance for α < 2. */
export function symmetricStable(random: RandomGenerator, alpha: number): number {
  const angle = Math.PI * (random.uniform() + 2 ** -33 - 0.5)
  const exponential = -Math.log(random.uniform() + 2 ** -33)
  return (
    (Math.sin(alpha * angle) / Math.cos(angle) ** (1 / alpha)) *
    (Math.cos((1 - alpha) * angle) / exponential) ** ((1 - alpha) / alpha)
  )
}

/** AR(1) after a burn-in that forgets its start. `[n]`. */
export function autoregression(n: number, phi: number, random: RandomGenerator, draw: Innovation = gaussian) {
  let state = 0
  for (let t = 0; t < burnIn; t += 1) state = phi * state + draw(random)
  return Float64Array.from({ length: n }, () => (state = phi * state + draw(random)))
}

/** Weights of heavy ball on ½Σh_iθ_i² with unit noise, `[i][n]`. */
function heavyBall(n: number, h: readonly number[], random: RandomGenerator): Float64Array[] {
  return h.map((curvature) => {
    let weight = 0
    let velocity = 0
    const step = () => {
      velocity = heavyBallMomentum * velocity + curvature * weight + random.normal()
      weight -= heavyBallRate * velocity
      return weight
    }
    for (let t = 0; t < burnIn; t += 1) step()
    return Float64Array.from({ length: n }, step)
  })
}

const heavyBallRate = 0.05
const heavyBallMomentum = 0.9

/** τ of one coordinate: (1−μ)(2(1+μ)−ηh)/(ηh(1+μ)). */
function heavyBallTime(h: number): number {
  const [eta, mu] = [heavyBallRate, heavyBallMomentum]
  return ((1 - mu) * (2 * (1 + mu) - eta * h)) / (eta * h * (1 + mu))
}

/** Var θ = η(1+μ)/(h(1−μ)(2(1+μ)−ηh)) under unit noise. */
function heavyBallVariance(h: number): number {
  const [eta, mu] = [heavyBallRate, heavyBallMomentum]
  return (eta * (1 + mu)) / (h * (1 - mu) * (2 * (1 + mu) - eta * h))
}

const normalAutoregression = (phi: number): NullSeries => ({
  name: `AR(1), φ = ${phi}`,
  mean: 0,
  autocorrelationTime: (1 + phi) / (1 - phi),
  isReversible: true,
  simulate: (n, random) => autoregression(n, phi, random),
})

/** The loss of SGD on a quadratic, up to scale: squares of a Gaussian AR(1) of unit innovations. */
const squaredAutoregression = (phi: number): NullSeries => ({
  name: `loss, θ AR(1), φ = ${phi}`,
  mean: 1 / (1 - phi ** 2),
  autocorrelationTime: (1 + phi ** 2) / (1 - phi ** 2),
  isReversible: true,
  simulate: (n, random) => autoregression(n, phi, random).map((value) => value * value),
})

const heavyBallCoordinate = (h: number): NullSeries => ({
  name: `heavy ball, h = ${h}`,
  mean: 0,
  autocorrelationTime: heavyBallTime(h),
  isReversible: true,
  simulate: (n, random) => heavyBall(n, [h], random)[0] ?? new Float64Array(),
})

const heavyBallCurvatures = [0.1, 0.3, 1, 3, 10]

const heavyBallLoss: NullSeries = {
  name: 'heavy ball, loss of 5 weights',
  mean: heavyBallCurvatures.reduce((sum, h) => sum + 0.5 * h * heavyBallVariance(h), 0),
  autocorrelationTime: Number.NaN,
  isReversible: true,
  simulate: (n, random) => {
    const weights = heavyBall(n, heavyBallCurvatures, random)
    return Float64Array.from({ length: n }, (_, t) =>
      heavyBallCurvatures.reduce((sum, h, i) => sum + 0.5 * h * (weights[i]?.[t] ?? Number.NaN) ** 2, 0),
    )
  },
}

const heavyTails = (phi: number, name: string, draw: Innovation, hasVariance: boolean): NullSeries => ({
  name: `AR(1), φ = ${phi}, ${name}`,
  mean: 0,
  autocorrelationTime: hasVariance ? (1 + phi) / (1 - phi) : Number.NaN,
  // A linear process that is not Gaussian is not reversible (Weiss 1975).
  isReversible: phi === 0,
  simulate: (n, random) => autoregression(n, phi, random, draw),
})

/** The stationary laws that every test is calibrated on. */
export const nullSeries: readonly NullSeries[] = [
  ...[0, 0.5, 0.9, 0.97].map(normalAutoregression),
  ...[0.9, 0.97].map(squaredAutoregression),
  ...[0.1, 1, 10].map(heavyBallCoordinate),
  heavyBallLoss,
  ...[0.5, 0.9].map((phi) => heavyTails(phi, 'Student t(3)', studentThree, true)),
  ...[0.5, 0.9].map((phi) => heavyTails(phi, 'α-stable 1.5', (random) => symmetricStable(random, 1.5), false)),
]

export const seriesLengths = [500, 2000, 10_000] as const
