import type { Recipe } from '#core/recipes/recipe.ts'
import type { MetricDefinition } from '#engine/runfile/runFile.ts'

/** What the worker itself measures: the time of steps and probes. */
export function sessionMetrics(recipe: Recipe): MetricDefinition[] {
  const stepMs = milliseconds('train/step_ms', 'mean time of one step since the last record, without probes')
  return [
    stepMs,
    ...Object.keys(recipe.probes).map((name) => milliseconds(`cost/${name}_ms`, `time that the probe ${name} took`)),
  ]
}

function milliseconds(name: string, description: string): MetricDefinition {
  return { name, kind: 'scalar', dimension: 1, unit: 'ms', description, role: null }
}
