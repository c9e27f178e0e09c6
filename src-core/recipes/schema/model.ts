import { z } from 'zod'

const activationSchema = z
  .enum(['relu', 'tanh'])
  .default('relu')
  .meta({ title: 'Activation', description: 'Non-linearity after every hidden layer.' })

export const mlpSchema = z.strictObject({
  kind: z.literal('mlp').meta({ title: 'Multilayer perceptron', description: 'Fully connected layers.' }),
  hidden: z
    .array(z.int().min(1).max(4096))
    .min(1)
    .max(8)
    .meta({
      title: 'Hidden layers',
      description: 'Units of each hidden layer, from input to output.',
      examples: [[32, 32]],
    }),
  activation: activationSchema,
  normalization: z.enum(['none', 'layer']).default('none').meta({
    title: 'Normalization',
    description:
      'layer: the sums of every layer, logits included, are brought to mean 0 and variance 1 for each example, without gains. All weights are then scale-invariant, and the loss is bounded.',
  }),
})

export const cnnSchema = z.strictObject({
  kind: z
    .literal('cnn')
    .meta({ title: 'Convolutional network', description: 'Convolutions with stride 2, then one linear layer.' }),
  channels: z
    .array(z.int().min(1).max(256))
    .min(1)
    .max(3)
    .default([8, 16])
    .meta({ title: 'Channels', description: 'Output channels of each convolution, from input to output.' }),
  kernel_size: z
    .union([z.literal(3), z.literal(5)])
    .default(3)
    .meta({ title: 'Kernel size', description: 'Width and height of every convolution kernel, pixels.' }),
  activation: activationSchema,
})

export const modelSchema = z
  .discriminatedUnion('kind', [mlpSchema, cnnSchema])
  .meta({ title: 'Model', description: 'The network whose weights are trained.' })
