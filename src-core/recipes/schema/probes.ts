import { z } from 'zod'

function every(defaultSteps: number) {
  return z.int().min(1).max(10_000_000).default(defaultSteps).meta({
    title: 'Every',
    description: 'Steps from one measurement to the next; the first and the last step are always measured.',
  })
}

const fullGradientSchema = z.strictObject({ every: every(100) }).meta({
  title: 'Full gradient',
  description: 'Exact pass over the training set: loss, accuracy, gradient norm, norms per layer.',
})

const gradientNoiseSchema = z
  .strictObject({
    every: every(100),
    batches: z.int().min(2).max(1024).default(8).meta({
      title: 'Batches',
      description: 'Independent batches at frozen weights; more of them narrow the standard error.',
    }),
  })
  .meta({
    title: 'Gradient noise',
    description: 'Unbiased squared gradient norm with its standard error, noise trace, noise scale.',
  })

const sharpnessSchema = z
  .strictObject({
    every: every(500),
    iterations: z
      .int()
      .min(2)
      .max(200)
      .default(20)
      .meta({ title: 'Iterations', description: 'Lanczos iterations, two gradient passes over the examples each.' }),
    examples: z
      .int()
      .min(1)
      .max(8000)
      .default(1000)
      .meta({ title: 'Examples', description: 'Fixed training examples on which the Hessian is measured.' }),
  })
  .meta({
    title: 'Sharpness',
    description: 'Largest and smallest Hessian eigenvalue with residual, directional sharpness.',
  })

const spectralDensitySchema = z
  .strictObject({
    every: every(5000),
    iterations: z.int().min(10).max(200).default(60).meta({
      title: 'Iterations',
      description: 'Lanczos iterations from each start, two gradient passes over the examples each.',
    }),
    starts: z.int().min(1).max(10).default(4).meta({
      title: 'Starts',
      description: 'Random start vectors; more of them narrow the interval of the trace. One gives no interval.',
    }),
    examples: z
      .int()
      .min(1)
      .max(8000)
      .default(1000)
      .meta({ title: 'Examples', description: 'Fixed training examples on which the Hessian is measured.' }),
  })
  .meta({
    title: 'Spectral density',
    description:
      'Density of the Hessian eigenvalues and its trace by stochastic Lanczos quadrature: starts x iterations products, the most expensive probe.',
  })

const balanceSchema = z
  .strictObject({
    every: every(500),
    batches: z
      .int()
      .min(2)
      .max(1024)
      .default(8)
      .meta({ title: 'Batches', description: 'Independent batches for the expectation of gᵀHg.' }),
  })
  .meta({
    title: 'Balance',
    description: 'Descent against diffusion: ∇fᵀH∇f, E gᵀHg and their momentum-corrected terms.',
  })

const validationSchema = z
  .strictObject({ every: every(100) })
  .meta({ title: 'Validation', description: 'Loss and accuracy on the held-out examples.' })

const sketchSchema = z
  .strictObject({
    every: every(50),
    projections: z
      .int()
      .min(1)
      .max(256)
      .default(32)
      .meta({ title: 'Projections', description: 'Fixed random directions on which the weights are projected.' }),
    examples: z
      .int()
      .min(1)
      .max(256)
      .default(16)
      .meta({ title: 'Examples', description: 'Fixed inputs whose outputs sketch the function.' }),
  })
  .meta({
    title: 'Sketch',
    description: 'Small fingerprints of the weights and of the function, for the law in which they settle.',
  })

const common = {
  full_gradient: fullGradientSchema.optional(),
  gradient_noise: gradientNoiseSchema.optional(),
  sharpness: sharpnessSchema.optional(),
  spectral_density: spectralDensitySchema.optional(),
  balance: balanceSchema.optional(),
  sketch: sketchSchema.optional(),
}

const description =
  'What is measured at frozen weights, and how often. A probe that is not named is not taken; without this key, those that the main diagnostics need.'

export const networkProbesSchema = z
  .strictObject({ ...common, validation: validationSchema.optional() })
  .prefault({ full_gradient: {}, gradient_noise: {}, validation: {}, sketch: {} })
  .meta({ title: 'Probes', description })

/** Held-out examples do not exist for an analytic problem. */
export const problemProbesSchema = z
  .strictObject(common)
  .prefault({ full_gradient: {}, gradient_noise: {}, sketch: {} })
  .meta({ title: 'Probes', description })
