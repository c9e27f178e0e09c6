import { availableParallelism } from 'node:os'
import type { Recipe } from '#core/recipes/recipe.ts'

/** TensorFlow's own variable: threads that share the work of one operation. */
export const threadsVariable = 'TF_NUM_INTRAOP_THREADS'
/** Key of the configuration under which a run keeps its number, so that resuming it gives the same bits. */
export const threadsKey = 'derived.threads'

/**
 * Threads of a new run. Sums are split among threads, so their number decides the last bits of a result: it is chosen once per run. Small dense layers gain nothing
 * from more than one, and several runs side by side lose; convolutions take half the cores. The variable in the environment overrules both.
 */
export function chooseWorkerThreads(recipe: Recipe, environment: NodeJS.ProcessEnv = process.env): number {
  const wanted = Number(environment[threadsVariable])
  if (Number.isInteger(wanted) && wanted > 0) return wanted
  const isConvolutional = !('problem' in recipe) && recipe.model.kind === 'cnn'
  return isConvolutional ? Math.max(1, Math.floor(availableParallelism() / 2)) : 1
}
