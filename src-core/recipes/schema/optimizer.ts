import { z } from 'zod'

/** Convention v' = μv + g, θ' = θ − ηv' (Nesterov: θ' = θ − η(g + μv')), where g includes λθ. */
export const sgdSchema = z
  .strictObject({
    kind: z
      .literal('sgd')
      .default('sgd')
      .meta({ title: 'SGD', description: 'Stochastic gradient descent, optionally with momentum.' }),
    learning_rate: z
      .number()
      .min(0)
      .max(1000)
      .meta({
        title: 'Learning rate',
        description: 'η at the first step; the schedule multiplies it.',
        examples: [0.1],
      }),
    momentum: z
      .number()
      .min(0)
      .lt(1)
      .default(0)
      .meta({ title: 'Momentum', description: 'μ: share of the buffer that is kept at each step.' }),
    nesterov: z.boolean().default(false).meta({
      title: 'Nesterov',
      description: 'Evaluates the update one momentum step ahead. Needs a momentum above 0.',
    }),
    weight_decay: z.number().min(0).max(10).default(0).meta({
      title: 'Weight decay',
      description: 'λ, coupled: λθ is added to the gradient, as for an objective with λ/2 ‖θ‖².',
    }),
  })
  .meta({ title: 'Optimizer', description: 'How a gradient changes the weights.' })

export const optimizerSchema = sgdSchema
