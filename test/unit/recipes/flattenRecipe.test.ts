import { expect, it } from 'vitest'
import { flattenRecipe } from '#core/recipes/flattenRecipe.ts'
import { parseRecipe } from '#core/recipes/parseRecipe.ts'

it('names the configuration as filters and tables do', () => {
  const parsed = parseRecipe(`name: x
title: t
data: { kind: mnist, train_count: 1000, label_noise: 0.3 }
model: { kind: mlp, hidden: [32, 16] }
optimizer: { learning_rate: 0.1, momentum: 0.9, weight_decay: 0.003 }
epochs: 2
seeds: [1, 2]
probes: { sharpness: { every: 10 } }`)
  expect('recipe' in parsed && flattenRecipe(parsed.recipe, 2)).toEqual({
    data: 'mnist',
    train_count: 1000,
    validation_count: 2000,
    label_noise: 0.3,
    downsample: 1,
    data_seed: 0,
    model: 'mlp',
    hidden: '[32,16]',
    activation: 'relu',
    normalization: 'none',
    optimizer: 'sgd',
    learning_rate: 0.1,
    momentum: 0.9,
    nesterov: false,
    weight_decay: 0.003,
    schedule: 'constant',
    batch_size: 128,
    sampling: 'iid',
    epochs: 2,
    'probes.sharpness.every': 10,
    'probes.sharpness.iterations': 20,
    'probes.sharpness.examples': 1000,
    'checkpoints.every': 1000,
    'checkpoints.keep': 2,
    seed: 2,
    'derived.planned_steps': 14,
    'derived.steps_per_epoch': 7,
  })
})
