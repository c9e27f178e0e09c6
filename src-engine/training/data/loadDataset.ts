import { shuffle } from '#core/random/randomGenerator.ts'
import { createRandomStream } from '#core/random/randomStream.ts'
import type { NetworkRecipe } from '#core/recipes/recipe.ts'
import { addLabelNoise } from './addLabelNoise.ts'
import { downsample } from './downsample.ts'
import { type Dataset, selectExamples } from './examples.ts'
import { mnistClassCount, readMnist } from './readMnist.ts'

const validationPoolSize = 2000
/** The split is part of the data set: no recipe and no seed changes which digits are held out. */
const splitSeed = 20_220_617

function permutation(count: number, seed: number, label: string): Int32Array {
  const order = Int32Array.from({ length: count }, (_, index) => index)
  shuffle(order, createRandomStream(seed, label))
  return order
}

/** Reads the digits, splits off the held-out ones, draws the training subset and its label noise by the data seed. */
export async function loadDataset(data: NetworkRecipe['data']): Promise<Dataset> {
  const digits = downsample(await readMnist(), data.downsample)
  const split = permutation(digits.count, splitSeed, 'mnist/split')
  const trainingPool = split.subarray(0, digits.count - validationPoolSize)
  const subset = permutation(trainingPool.length, data.seed, 'data/subset')
    .subarray(0, data.train_count)
    .map((index) => trainingPool[index] ?? 0)
  const training = selectExamples(digits, subset)
  const labels = addLabelNoise(
    training.labels,
    data.label_noise,
    mnistClassCount,
    createRandomStream(data.seed, 'data/label-noise'),
  )
  const heldOut = split.subarray(digits.count - validationPoolSize).subarray(0, data.validation_count)
  return { classCount: mnistClassCount, training: { ...training, labels }, validation: selectExamples(digits, heldOut) }
}
