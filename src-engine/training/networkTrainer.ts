import { createRandomStream } from '#core/random/randomStream.ts'
import { plannedSteps, stepsPerEpoch } from '#core/recipes/length.ts'
import type { NetworkRecipe } from '#core/recipes/recipe.ts'
import type { TensorEngine } from '#engine/tensor/tensorEngine.ts'
import type { BatchSampler } from './data/batchSampler.ts'
import { createIidSampler, createReshuffledSampler } from './data/batchSampler.ts'
import type { Dataset } from './data/examples.ts'
import { buildLayers } from './models/buildLayers.ts'
import { createNetwork } from './models/network.ts'
import { initialWeights } from './models/parameterLayout.ts'
import { settingsAt } from './optimizers/settingsAt.ts'
import { sgdStep } from './optimizers/sgd.ts'
import { measureProbes } from './probes/measureProbes.ts'
import { takeNetworkProbe } from './probes/networkProbes.ts'
import { networkMetrics } from './networkMetrics.ts'
import type { FullGradient, ProbeContext } from './probes/probeContext.ts'
import { createWeightSketch } from './probes/weightSketch.ts'
import { manifestNumber, restoreBuffer } from './stateBuffer.ts'
import { stepScalars } from './stepScalars.ts'
import type { Trainer, TrainerState } from './trainer.ts'
import { createTrainingLoss } from './trainingLoss.ts'

function createSampler(recipe: NetworkRecipe, exampleCount: number, seed: number): BatchSampler {
  const random = createRandomStream(seed, 'batches')
  const create = recipe.sampling === 'iid' ? createIidSampler : createReshuffledSampler
  return create(exampleCount, recipe.batch_size, random)
}

/** Trains a network by SGD. Weights live on the host between steps; each stream of random numbers has its own purpose, so probes cannot disturb training. */
export function createNetworkTrainer(
  recipe: NetworkRecipe,
  seed: number,
  engine: TensorEngine,
  dataset: Dataset,
): Trainer {
  const network = createNetwork(
    engine.operations,
    buildLayers(recipe.model, dataset.training.shape, dataset.classCount),
  )
  const loss = createTrainingLoss(engine.operations, network, dataset)
  const { parameterCount } = loss
  const sampler = createSampler(recipe, loss.exampleCount, seed)
  const weights = initialWeights(network.layout, createRandomStream(seed, 'weights'))
  const buffer = new Float32Array(parameterCount)
  const gradient = new Float32Array(parameterCount)
  const sketch = createWeightSketch(parameterCount, recipe.probes.sketch?.projections ?? 0)
  const batchSize = Math.min(recipe.batch_size, recipe.sampling === 'iid' ? recipe.batch_size : loss.exampleCount)
  let stepIndex = 0

  const probeContext = (): ProbeContext => {
    let full: FullGradient | undefined
    const everyExample = () => Int32Array.from({ length: loss.exampleCount }, (_, index) => index)
    const passOverAll = (): FullGradient => {
      const exact = new Float64Array(parameterCount)
      return { ...loss.meanGradient(weights, everyExample(), exact), gradient: exact }
    }
    return {
      loss,
      layers: network.layout.layers,
      weights,
      buffer,
      settings: settingsAt(recipe, stepIndex),
      batchSize,
      independentBatches: (purpose, count) => {
        const random = createRandomStream(seed, `probe/${purpose}`, stepIndex)
        return Array.from({ length: count }, () =>
          Int32Array.from({ length: batchSize }, () => random.integer(loss.exampleCount)),
        )
      },
      fullGradient: () => (full ??= passOverAll()),
    }
  }

  return {
    parameterCount,
    plannedSteps: plannedSteps(recipe),
    stepsPerEpoch: stepsPerEpoch(recipe),
    get stepIndex() {
      return stepIndex
    },
    metricDefinitions: networkMetrics(recipe, network.layout, dataset),
    hyperparametersAt: (step) => ({ ...settingsAt(recipe, step), batchSize, sampling: recipe.sampling }),
    step: () => {
      const settings = settingsAt(recipe, stepIndex)
      const batchLoss = loss.batchGradient(weights, sampler.next(), gradient)
      const scalars = stepScalars(batchLoss, settings, sgdStep(weights, buffer, gradient, settings))
      stepIndex += 1
      return { loss: batchLoss, scalars }
    },
    probe: (names) => {
      const context = probeContext()
      return measureProbes(names, (name) => takeNetworkProbe(name, recipe.probes, context, sketch))
    },
    saveState: (): TrainerState => {
      const { randomPosition, offset, order } = sampler.saveState()
      return {
        manifest: { kind: 'network', stepIndex, randomPosition, offset },
        buffers: { weights: weights.slice(), buffer: buffer.slice(), order },
      }
    },
    restoreState: (state) => {
      restoreBuffer(state, 'weights', weights)
      restoreBuffer(state, 'buffer', buffer)
      const order = state.buffers['order']
      sampler.restoreState({
        randomPosition: manifestNumber(state, 'randomPosition'),
        offset: manifestNumber(state, 'offset'),
        order: order instanceof Int32Array ? order : new Int32Array(0),
      })
      stepIndex = manifestNumber(state, 'stepIndex')
    },
    dispose: () => {
      loss.dispose()
    },
  }
}
