import { z } from 'zod'
import { method } from './method.ts'
import { workspacePathSchema } from './workspace.ts'

export const recipeSummarySchema = z.object({
  name: z.string(),
  title: z.string(),
  description: z.string(),
  yaml: z.string(),
})
export type RecipeSummary = z.infer<typeof recipeSummarySchema>

export const recipeProblemSchema = z.object({
  /** Dotted key, empty for the whole document. */
  key: z.string(),
  /** 1-based line of the YAML, null when unknown. */
  line: z.number().nullable(),
  /** One line: key, value, what is allowed. */
  message: z.string(),
})
export type RecipeProblem = z.infer<typeof recipeProblemSchema>

export const recipeEstimateSchema = z.object({
  parameterCount: z.number(),
  stepCount: z.number(),
  memoryBytes: z.number(),
  /** Seconds for one run on this machine, from the last measured step time of the same model; null when never measured. */
  seconds: z.number().nullable(),
  /** Share of the time that probes take, 0..1; null when never measured. */
  probeShare: z.number().nullable(),
})
export type RecipeEstimate = z.infer<typeof recipeEstimateSchema>

export const startedRunSchema = z.object({ id: z.string(), name: z.string(), path: z.string() })
export type StartedRun = z.infer<typeof startedRunSchema>

/** `resume` continues a paused worker, or starts a new one from the newest checkpoint of a run that stopped, crashed, was killed or lost. */
export const controlActionSchema = z.enum(['pause', 'resume', 'stop', 'probe', 'checkpoint'])
export type ControlAction = z.infer<typeof controlActionSchema>

export const trainingContract = {
  'recipes.list': method(z.object({}), z.object({ recipes: z.array(recipeSummarySchema) })),
  /** JSON Schema (2020-12) of a recipe, for the form and for editors. */
  'recipes.schema': method(z.object({}), z.object({ schema: z.unknown() })),
  'recipes.check': method(
    z.object({ yaml: z.string().max(1_000_000) }),
    z.object({
      problems: z.array(recipeProblemSchema),
      /** The recipe with all defaults filled in, as plain data; null when there are problems. */
      recipe: z.unknown(),
      estimate: recipeEstimateSchema.nullable(),
    }),
  ),
  'training.start': method(
    z.object({
      workspace: workspacePathSchema,
      yaml: z.string().max(1_000_000),
      name: z.string().optional(),
      /** One run per seed; empty for the recipe's own seeds. */
      seeds: z.array(z.int().nonnegative()).max(64).default([]),
    }),
    z.object({ runs: z.array(startedRunSchema) }),
    // Each worker loads the tensor library before it takes over, and many start at once.
    { timeoutMs: 180_000 },
  ),
  /** Starts the two runs of the demo. */
  'training.startDemo': method(
    z.object({ workspace: workspacePathSchema.nullable() }),
    z.object({ workspace: z.string(), runs: z.array(startedRunSchema) }),
    { timeoutMs: 180_000 },
  ),
  'training.control': method(
    z.object({ workspace: workspacePathSchema, runId: z.string(), action: controlActionSchema }),
    z.object({ message: z.string() }),
    { timeoutMs: 60_000 },
  ),
}
