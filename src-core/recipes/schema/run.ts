import { z } from 'zod'

/** Keys that every recipe has, whatever is trained. */
export const describedSchema = {
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'lower-case letters, digits and dashes, at most 64')
    .default('run')
    .meta({
      title: 'Name',
      description: 'What runs of this recipe are called: lower-case letters, digits and dashes.',
    }),
  title: z.string().max(200).default('').meta({ title: 'Title', description: 'One line for people.' }),
  description: z
    .string()
    .max(4000)
    .default('')
    .meta({ title: 'Description', description: 'What the experiment is meant to show.' }),
}

export const seedsSchema = z
  .array(z.int().min(0).max(0xffffffff))
  .min(1)
  .max(64)
  .default([1])
  .meta({ title: 'Seeds', description: 'One run per seed: initial weights and order of the data (or the noise).' })

export const checkpointsSchema = z
  .strictObject({
    every: z
      .int()
      .min(1)
      .max(10_000_000)
      .default(1000)
      .meta({ title: 'Every', description: 'Steps from one checkpoint to the next; the last step always has one.' }),
    keep: z
      .int()
      .min(1)
      .max(1000)
      .default(2)
      .meta({ title: 'Keep', description: 'How many of the newest checkpoints are kept.' }),
  })
  .prefault({})
  .meta({
    title: 'Checkpoints',
    description: 'Where a stopped, crashed or killed run can be resumed from, bit for bit on the CPU.',
  })

export const stepCountSchema = z.int().min(1).max(100_000_000)
