import type { Recipe } from '#core/recipes/recipe.ts'
import { loadTensorEngine } from '#engine/tensor/loadTensorEngine.ts'
import type { ComputingLibraries } from './session/trainRun.ts'

/** The tensor library that a network's run computes with; an analytic problem needs none. */
export async function describeLibraries(recipe: Recipe): Promise<ComputingLibraries> {
  if ('problem' in recipe) return { versions: {}, warning: null }
  const { kind, version, bindingVersion, warning } = await loadTensorEngine()
  const program = kind === 'javascript' ? 'tfjs-backend-cpu' : 'tensorflow'
  const suffix = kind === 'tensorflow-cuda' ? ' (CUDA)' : ''
  return { versions: { [program]: `${version}${suffix}`, 'tfjs-node-gpu': bindingVersion }, warning }
}
