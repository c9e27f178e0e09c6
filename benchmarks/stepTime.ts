// Milliseconds of a training step beside the same network in plain tfjs layers code, in turns on the same machine. Run: npm run bench -- stepTime
import { createRequire } from 'node:module'
import type * as Tfjs from '@tensorflow/tfjs'
import { networkRecipeSchema, type NetworkRecipe } from '#core/recipes/recipe.ts'
import { loadTensorEngine } from '#engine/tensor/loadTensorEngine.ts'
import { loadDataset } from '#engine/training/data/loadDataset.ts'
import { createNetworkTrainer } from '#engine/training/networkTrainer.ts'

const rounds = 7
const stepsPerRound = 40
const batchSize = 128

function mlpRecipe(downsample: number, hidden: number[]): NetworkRecipe {
  return networkRecipeSchema.parse({
    data: { kind: 'mnist', train_count: 4000, downsample },
    model: { kind: 'mlp', hidden },
    optimizer: { kind: 'sgd', learning_rate: 0.1, momentum: 0.9, weight_decay: 0.001 },
    batch_size: batchSize,
    steps: 1_000_000,
    probes: { full_gradient: {}, gradient_noise: {}, sharpness: {}, balance: {}, validation: {}, sketch: {} },
  })
}

function median(samples: number[]): number {
  return samples.toSorted((left, right) => left - right)[samples.length >> 1] ?? Number.NaN
}

/** Processor time of one step over all threads: unlike wall time, a busy machine hardly changes it. */
function timeSteps(step: () => void): { wallMs: number; processorMs: number } {
  const startedMs = performance.now()
  const started = process.cpuUsage()
  for (let i = 0; i < stepsPerRound; i += 1) step()
  const { user, system } = process.cpuUsage(started)
  return {
    wallMs: (performance.now() - startedMs) / stepsPerRound,
    processorMs: (user + system) / 1000 / stepsPerRound,
  }
}

/** What a user of tfjs would write: layers, the composed loss, the momentum optimizer; batches of fresh indices. */
function plainStep(tf: typeof Tfjs, inputCount: number, hidden: number[]): () => void {
  const images = tf.randomUniform([4000, inputCount])
  const labels = tf.randomUniform([4000], 0, 10, 'int32')
  const model = tf.sequential()
  hidden.forEach((units, index) =>
    model.add(tf.layers.dense({ units, activation: 'relu', ...(index === 0 ? { inputShape: [inputCount] } : {}) })),
  )
  model.add(tf.layers.dense({ units: 10 }))
  const optimizer = tf.train.momentum(0.1, 0.9)
  return () =>
    tf.tidy(() => {
      const rows = tf.randomUniform<Tfjs.Rank.R1>([batchSize], 0, 4000, 'int32')
      const inputs = tf.gather(images, rows)
      const target = tf.oneHot(tf.gather(labels, rows), 10)
      const cost = optimizer.minimize(
        () => tf.losses.softmaxCrossEntropy(target, model.apply(inputs) as Tfjs.Tensor2D).asScalar(), // one input, one output
        true,
      )
      cost?.dataSync()
    })
}

const engine = await loadTensorEngine()
const tf = createRequire(import.meta.url)(
  engine.kind === 'javascript' ? '@tensorflow/tfjs' : '@tensorflow/tfjs-node-gpu',
) as typeof Tfjs // the instance that the engine has loaded
process.stdout.write(`${engine.kind} ${engine.version}, batch ${batchSize}, median of ${rounds} rounds\n`)

for (const { downsample, hidden } of [
  { downsample: 1, hidden: [256, 256] },
  { downsample: 2, hidden: [32, 32] },
]) {
  const recipe = mlpRecipe(downsample, hidden)
  const trainer = createNetworkTrainer(recipe, 1, engine, await loadDataset(recipe.data))
  const inputCount = (28 / downsample) ** 2
  const plain = plainStep(tf, inputCount, hidden)
  timeSteps(plain)
  timeSteps(trainer.step)
  const times = Array.from({ length: rounds }, () => ({ plain: timeSteps(plain), ours: timeSteps(trainer.step) }))
  const ours = median(times.map((time) => time.ours.wallMs))
  const ratios = (kind: 'wallMs' | 'processorMs') => median(times.map((time) => time.plain[kind] / time.ours[kind]))
  const processor = median(times.map((time) => time.ours.processorMs))
  process.stdout.write(
    `mlp ${[inputCount, ...hidden, 10].join('-')}: step ${ours.toFixed(2)} ms (processor ${processor.toFixed(2)} ms); ` +
      `plain tfjs takes ${ratios('wallMs').toFixed(1)} times as long (processor ${ratios('processorMs').toFixed(1)})\n`,
  )
  const probe = trainer.probe(['full_gradient', 'gradient_noise', 'sharpness', 'balance', 'validation', 'sketch'])
  const costs = Object.entries(probe.costMs).map(([probeName, costMs]) => `${probeName} ${(costMs / ours).toFixed(0)}`)
  process.stdout.write(`  probes, in steps: ${costs.join(', ')}\n`)
  trainer.dispose()
}
