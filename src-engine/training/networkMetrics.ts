import type { NetworkRecipe } from '#core/recipes/recipe.ts'
import type { MetricDefinition } from '#engine/runfile/runFile.ts'
import type { Dataset } from './data/examples.ts'
import type { ParameterLayout } from './models/parameterLayout.ts'
import {
  functionSketchMetric,
  probeMetrics,
  spectrumMetrics,
  stepMetrics,
  uniqueMetrics,
  weightSketchMetric,
} from './probes/metricDefinitions.ts'
import { spectrumNodeCount } from './probes/spectralDensityProbe.ts'
import { probeNames } from './probes/probeNames.ts'

/** Everything that a run of this recipe records. */
export function networkMetrics(recipe: NetworkRecipe, layout: ParameterLayout, dataset: Dataset): MetricDefinition[] {
  const layerNames = layout.layers.map(({ name }) => name)
  const definitions = [...stepMetrics(recipe), ...probeNames(recipe).flatMap((name) => probeMetrics(name, layerNames))]
  const { sketch, spectral_density: spectrum } = recipe.probes
  if (spectrum)
    definitions.push(...spectrumMetrics(spectrum.starts, spectrumNodeCount(spectrum, layout.parameterCount)))
  if (sketch) {
    definitions.push(weightSketchMetric(sketch.projections, true))
    definitions.push(functionSketchMetric(Math.min(sketch.examples, dataset.validation.count), dataset.classCount))
  }
  return uniqueMetrics(definitions)
}
