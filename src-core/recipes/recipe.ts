import { z } from 'zod'
import { dataSchema } from './schema/data.ts'
import { modelSchema } from './schema/model.ts'
import { optimizerSchema } from './schema/optimizer.ts'
import { networkProbesSchema, problemProbesSchema } from './schema/probes.ts'
import { problemSchema } from './schema/problem.ts'
import { checkpointsSchema, describedSchema, seedsSchema, stepCountSchema } from './schema/run.ts'
import { scheduleSchema } from './schema/schedule.ts'

/** A network trained on data. Exactly one of `epochs` and `steps` is present after `parseRecipe`. */
export const networkRecipeSchema = z
  .strictObject({
    ...describedSchema,
    data: dataSchema,
    model: modelSchema,
    optimizer: optimizerSchema,
    schedule: scheduleSchema,
    batch_size: z.int().min(1).max(8000).default(128).meta({ title: 'Batch size', description: 'Examples per step.' }),
    sampling: z.enum(['iid', 'reshuffled']).default('iid').meta({
      title: 'Sampling',
      description:
        'iid draws every batch with replacement; reshuffled goes through all examples in a new order each epoch and drops an incomplete last batch.',
    }),
    epochs: z.int().min(1).max(1_000_000).optional().meta({
      title: 'Epochs',
      description: 'Length in passes through the training examples. Give either epochs or steps.',
    }),
    steps: stepCountSchema
      .optional()
      .meta({ title: 'Steps', description: 'Length in optimizer steps. Give either epochs or steps.' }),
    seeds: seedsSchema,
    probes: networkProbesSchema,
    checkpoints: checkpointsSchema,
  })
  .meta({ title: 'Network on data', description: 'Trains a network on examples.' })

/** An analytic problem with closed-form answers. */
export const problemRecipeSchema = z
  .strictObject({
    ...describedSchema,
    problem: problemSchema,
    optimizer: optimizerSchema,
    schedule: scheduleSchema,
    steps: stepCountSchema.meta({ title: 'Steps', description: 'Length in optimizer steps.' }),
    seeds: seedsSchema,
    probes: problemProbesSchema,
    checkpoints: checkpointsSchema,
  })
  .meta({ title: 'Analytic problem', description: 'Descends a function whose law is known in closed form.' })

export type NetworkRecipe = z.infer<typeof networkRecipeSchema>
export type ProblemRecipe = z.infer<typeof problemRecipeSchema>

/** One experiment with all defaults filled in. `'problem' in recipe` tells the two kinds apart. */
export type Recipe = NetworkRecipe | ProblemRecipe
