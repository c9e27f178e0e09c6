import { z } from 'zod'

const noiseSchema = z.number().min(0).max(1e6).default(0).meta({
  title: 'Gradient noise',
  description:
    'Standard deviation of the Gaussian noise added to every component of the gradient; 0 makes the problem deterministic.',
})

/** f(θ) = ½ Σ h_i θ_i², gradient noise σξ: the invariant law is known in closed form. */
export const quadraticSchema = z.strictObject({
  kind: z.literal('quadratic').meta({ title: 'Quadratic', description: 'f(θ) = ½ Σ hᵢ θᵢ².' }),
  curvature: z
    .array(z.number().gt(0).max(1e6))
    .min(1)
    .max(64)
    .default([1])
    .meta({ title: 'Curvature', description: 'The eigenvalues hᵢ, one per dimension.' }),
  noise: noiseSchema,
  start: z
    .number()
    .min(-1e6)
    .max(1e6)
    .default(1)
    .meta({ title: 'Start', description: 'Every component of θ before the first step.' }),
})

/** f(θ) = (θ² − 1)²/4: without noise and 1 < η < √5 − 1, gradient descent ends in a cycle of period 2 with a constant, non-zero gradient norm. */
export const doubleWellSchema = z.strictObject({
  kind: z.literal('double_well').meta({ title: 'Double well', description: 'f(θ) = (θ² − 1)²/4.' }),
  noise: noiseSchema,
  start: z.number().min(-1e6).max(1e6).default(0.9).meta({ title: 'Start', description: 'θ before the first step.' }),
})

export const problemSchema = z.discriminatedUnion('kind', [quadraticSchema, doubleWellSchema]).meta({
  title: 'Problem',
  description: 'An analytic problem with known answers, computed in double precision without data.',
})
