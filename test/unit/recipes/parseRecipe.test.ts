import { describe, expect, it } from 'vitest'
import { parseRecipe } from '#core/recipes/parseRecipe.ts'

const recipe = `name: example
data: { kind: mnist, train_count: 4000 }
model:
  kind: mlp
  hidden: [32, 32]
optimizer:
  learning_rate: 0.1
  momentum: 0.9
epochs: 3
`

function problemsOf(yaml: string): string[] {
  const parsed = parseRecipe(yaml)
  if ('recipe' in parsed) throw new Error('expected problems, the recipe was accepted')
  return parsed.problems.map(({ line, message }) => `${line}: ${message}`)
}

describe('a recipe that is right', () => {
  it('is filled in with all defaults', () => {
    const parsed = parseRecipe(recipe)
    expect(parsed).toMatchObject({
      recipe: {
        name: 'example',
        data: { train_count: 4000, validation_count: 2000, label_noise: 0, downsample: 1, seed: 0 },
        model: { hidden: [32, 32], activation: 'relu' },
        optimizer: { kind: 'sgd', nesterov: false, weight_decay: 0 },
        schedule: { kind: 'constant' },
        batch_size: 128,
        sampling: 'iid',
        epochs: 3,
        seeds: [1],
        probes: { full_gradient: { every: 100 }, gradient_noise: { every: 100, batches: 8 } },
        checkpoints: { every: 1000, keep: 2 },
      },
    })
  })

  it('takes the named probes only, each with its defaults', () => {
    const parsed = parseRecipe(`${recipe}probes: { sharpness: {} }`)
    expect('recipe' in parsed && parsed.recipe.probes).toEqual({
      sharpness: { every: 500, iterations: 20, examples: 1000 },
    })
  })

  it('may be an analytic problem', () => {
    expect(
      parseRecipe('problem: { kind: quadratic, curvature: [1, 3] }\noptimizer: { learning_rate: 0.1 }\nsteps: 10'),
    ).toMatchObject({ recipe: { problem: { curvature: [1, 3], noise: 0 }, steps: 10 } })
  })
})

describe('a recipe that is wrong: one line with key, value, what is allowed, and the line of the text', () => {
  const cases: [what: string, from: string, to: string, line: string][] = [
    [
      'unknown key, near one',
      'momentum: 0.9',
      'momentun: 0.9',
      '8: optimizer.momentun: unknown key; did you mean optimizer.momentum? Allowed under optimizer: kind, learning_rate, momentum, nesterov, weight_decay',
    ],
    [
      'unknown key, other spelling',
      'epochs: 3',
      'epochs: 3\nbatchSize: 3',
      '10: batchSize: unknown key; did you mean batch_size? Allowed at the top: name, title',
    ],
    [
      'key in the wrong place',
      'epochs: 3',
      'epochs: 3\nlearning_rate: 3',
      '10: learning_rate: unknown key; did you mean optimizer.learning_rate?',
    ],
    [
      'unknown probe',
      'epochs: 3',
      'epochs: 3\nprobes: { sharpnes: {} }',
      '10: probes.sharpnes: unknown key; did you mean probes.sharpness?',
    ],
    [
      'too large',
      'momentum: 0.9',
      'momentum: 1.5',
      '8: optimizer.momentum: 1.5 is not allowed; it must be a number, at least 0 and below 1',
    ],
    [
      'negative',
      '0.1',
      '-1',
      '7: optimizer.learning_rate: -1 is not allowed; it must be a number, at least 0 and at most 1000',
    ],
    [
      'not a number',
      '0.1',
      '.nan',
      '7: optimizer.learning_rate: NaN is not allowed; it must be a number, at least 0 and at most 1000',
    ],
    ['infinite', '0.1', '.inf', '7: optimizer.learning_rate: Infinity is not allowed'],
    ['wrong type', '0.1', 'fast', '7: optimizer.learning_rate: "fast" is not allowed; it must be a number'],
    [
      'empty list',
      '[32, 32]',
      '[]',
      '5: model.hidden: [] is not allowed; it must be a list of 1 to 8 values, each a whole number, at least 1 and at most 4096',
    ],
    [
      'fraction in a list',
      '[32, 32]',
      '[32, 0.5]',
      '5: model.hidden[1]: 0.5 is not allowed; it must be a whole number, at least 1 and at most 4096',
    ],
    ['unknown kind', 'kind: mlp', 'kind: mlpp', '4: model.kind: "mlpp" is not allowed; it must be one of mlp, cnn'],
    ['missing kind', 'kind: mlp', 'activation: tanh', '3: model.kind is missing; give one of mlp, cnn'],
    [
      'unknown choice',
      'epochs: 3',
      'epochs: 3\nsampling: random',
      '10: sampling: "random" is not allowed; it must be one of iid, reshuffled',
    ],
    [
      'a value for a mapping',
      '{ kind: mnist, train_count: 4000 }',
      'mnist',
      '2: data: "mnist" is not allowed; it must be a mapping with kind, train_count',
    ],
    [
      'both lengths',
      'epochs: 3',
      'epochs: 3\nsteps: 4',
      '10: steps: 4 stands beside epochs: 3; give exactly one of them',
    ],
    ['no length', 'epochs: 3', '', 'null: epochs is missing; give the length of the run as epochs or as steps'],
    [
      'nesterov without momentum',
      'momentum: 0.9',
      'nesterov: true',
      '8: optimizer.nesterov: true needs optimizer.momentum above 0; it is 0',
    ],
    [
      'batch larger than the data',
      'epochs: 3',
      'epochs: 3\nsampling: reshuffled\nbatch_size: 5000',
      '11: batch_size: 5000 is not allowed with sampling: reshuffled; it must be at most data.train_count, 4000',
    ],
    [
      'milestone after the end',
      'epochs: 3',
      'epochs: 3\nschedule: { kind: steps, milestones: [1, 5] }',
      '10: schedule.milestones[1]: 5 is not allowed; milestones must ascend and lie inside the run (93 steps)',
    ],
    [
      'milestones that descend',
      'epochs: 3',
      'epochs: 3\nschedule: { kind: steps, milestones: [2, 1] }',
      '10: schedule.milestones[1]: 1 is not allowed',
    ],
    [
      'a seed twice',
      'epochs: 3',
      'epochs: 3\nseeds: [4, 4]',
      '10: seeds[1]: 4 is named twice; each seed makes one run',
    ],
    [
      'data beside a problem',
      'epochs: 3',
      'epochs: 3\nproblem: { kind: quadratic }',
      '2: data stands beside problem; give either problem, or data and model',
    ],
    ['a key twice', 'epochs: 3', 'epochs: 3\nepochs: 4', '10: not valid YAML: Map keys must be unique'],
    ['broken YAML', 'epochs: 3', 'epochs: [3', '10: not valid YAML'],
    ['an alias to itself', '[32, 32]', '&a [*a]', 'null: an alias (*name) refers to itself'],
    [
      'a name with spaces',
      'name: example',
      'name: My run',
      '1: name: "My run" is not allowed; it must be lower-case letters, digits and dashes, at most 64',
    ],
  ]
  it.each(cases)('%s', (_what, from, to, expected) => {
    const found = problemsOf(recipe.replace(from, to))
    expect(found).toHaveLength(1)
    expect(found[0]).toContain(expected)
    expect(found[0]).not.toContain('\n')
  })

  it.each([
    ['', 'found null'],
    ['hello', 'found "hello"'],
    ['- 1', 'found [1]'],
  ])('%j is no recipe', (yaml, expected) => {
    expect(problemsOf(yaml)).toEqual([expect.stringContaining(expected)])
  })

  it('names everything that is wrong, each once', () => {
    const found = problemsOf(recipe.replace('0.9', '7').replace('[32, 32]', '[0, -1]').replace('epochs', 'epoch'))
    expect(found.map((line) => line.split(':')[1]?.trim())).toEqual([
      'model.hidden[0]',
      'model.hidden[1]',
      'optimizer.momentum',
      'epoch',
    ])
  })
})
