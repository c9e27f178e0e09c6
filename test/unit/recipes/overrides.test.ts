import { describe, expect, it } from 'vitest'
import { applyOverrides } from '#core/recipes/overrides.ts'
import { parseRecipe } from '#core/recipes/parseRecipe.ts'

const recipe = `# of the lab
problem: { kind: quadratic }
optimizer:
  learning_rate: 0.1 # large
steps: 100
`

function overridden(yaml: string, ...settings: string[]): string {
  const result = applyOverrides(yaml, settings)
  if ('problems' in result) throw new Error(result.problems.map((problem) => problem.message).join('\n'))
  return result.yaml
}

describe('applyOverrides', () => {
  it('sets dotted keys and unique last parts, and keeps comments', () => {
    const yaml = overridden(recipe, 'optimizer.learning_rate=0.05', 'momentum=0.9', 'probes.sharpness.every=10')
    expect(yaml).toContain('# of the lab')
    expect(yaml).toContain('learning_rate: 0.05 # large')
    expect(parseRecipe(yaml)).toMatchObject({
      recipe: { optimizer: { learning_rate: 0.05, momentum: 0.9 }, probes: { sharpness: { every: 10 } } },
    })
  })

  it('reads values as YAML', () => {
    expect(
      parseRecipe(overridden(recipe, 'curvature=[1, 2.5]', 'seeds=[3]', 'nesterov=true', 'momentum=1e-1')),
    ).toMatchObject({
      recipe: { problem: { curvature: [1, 2.5] }, seeds: [3], optimizer: { nesterov: true, momentum: 0.1 } },
    })
  })

  it('puts one length in the place of the other', () => {
    const network =
      'data: { kind: mnist }\nmodel: { kind: mlp, hidden: [4] }\noptimizer: { learning_rate: 0.1 }\nepochs: 3\n'
    const parsed = parseRecipe(overridden(network, 'steps=7'))
    expect(parsed).toMatchObject({ recipe: { steps: 7 } })
    expect('recipe' in parsed && 'epochs' in parsed.recipe).toBe(false)
  })

  it.each([
    ['x', '"x" is not a setting; write key=value, such as optimizer.learning_rate=0.05'],
    ['=3', '"=3" is not a setting; write key=value'],
    ['lerning_rate=3', 'lerning_rate: unknown key; did you mean optimizer.learning_rate?'],
    ['optimizer.momentm=3', 'optimizer.momentm: unknown key; did you mean optimizer.momentum?'],
    ['every=3', 'every: several keys end so; write one of probes.full_gradient.every'],
    ['momentum=[', 'optimizer.momentum: "[" is not a value'],
    ['zzz=1', 'zzz: unknown key; top keys: name, title'],
  ])('%s is refused in one line', (setting, expected) => {
    const result = applyOverrides(recipe, [setting])
    expect('problems' in result && result.problems.map((problem) => problem.message)).toEqual([
      expect.stringContaining(expected),
    ])
  })

  it('leaves a broken text to the parser', () => {
    expect(applyOverrides('a: [', ['momentum=0.1'])).toEqual({ yaml: 'a: [' })
  })
})
