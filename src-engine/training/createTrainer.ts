import type { Recipe } from '#core/recipes/recipe.ts'
import { loadTensorEngine } from '#engine/tensor/loadTensorEngine.ts'
import { loadDataset } from './data/loadDataset.ts'
import { createNetworkTrainer } from './networkTrainer.ts'
import { createProblemTrainer } from './problems/problemTrainer.ts'
import type { Trainer } from './trainer.ts'

/** Prepares one run of a recipe. Only a network needs the tensor engine and data. The seed decides initial weights, batches and probes; the data has its own. */
export async function createTrainer(recipe: Recipe, seed: number): Promise<Trainer> {
  if ('problem' in recipe) return createProblemTrainer(recipe, seed)
  const [engine, dataset] = await Promise.all([loadTensorEngine(), loadDataset(recipe.data)])
  return createNetworkTrainer(recipe, seed, engine, dataset)
}
