import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { parseRecipeText, withValue } from '../../../../src-renderer/features/newRun/recipeDocument.ts'
import { fromText, recipeForm } from '../../../../src-renderer/features/newRun/recipeForm.ts'
import type { FormField, FormNode, FormSection } from '../../../../src-renderer/features/newRun/recipeForm.ts'
import type { SchemaNode } from '../../../../src-renderer/features/newRun/recipeSchema.ts'
import { parseSeeds } from '../../../../src-renderer/features/newRun/seedsText.ts'

const schema = JSON.parse(readFileSync('resources/recipe.schema.json', 'utf8')) as SchemaNode // the published schema, checked by its own test

const yaml = `# my experiment
name: mine
data: { kind: mnist, label_noise: 0.3 } # noisy
model:
  kind: mlp
  hidden: [32, 32]
optimizer:
  learning_rate: 0.1 # eta
steps: 600
`
const data = parse(yaml)

function find(nodes: readonly FormNode[], path: string): FormNode | undefined {
  for (const node of nodes) {
    if (node.path.join('.') === path && path !== '') return node
    const inside = node.kind === 'section' ? find(node.children, path) : undefined
    if (inside) return inside
  }
  return undefined
}

describe('recipeForm', () => {
  const form = recipeForm(schema, data, data)

  it('has the sections of the schema and its plain keys in one of their own', () => {
    expect(form.map((section) => section.title)).toEqual([
      'Data',
      'Model',
      'Optimizer',
      'Schedule',
      'Steps and batches',
      'Probes',
      'Checkpoints',
    ])
    expect(find(form, 'optimizer.learning_rate')).toMatchObject({ control: 'number', text: '0.1', isRequired: true })
    expect(find(form, 'batch_size')).toMatchObject({ text: '', defaultText: '128' })
    expect(find(form, 'model.hidden')).toMatchObject({ control: 'list', text: '32, 32' })
    expect(find(form, 'data.downsample')).toMatchObject({ control: 'choice' })
  })

  it('switches on the probes that hold when the recipe names none', () => {
    const isOn = (name: string): boolean => (find(form, `probes.${name}`) as FormSection).isOn // probes are sections
    expect(['full_gradient', 'gradient_noise', 'sharpness', 'balance'].map(isOn)).toEqual([true, true, false, false])
  })

  it('chooses the problem form for an analytic recipe', () => {
    const problem = recipeForm(schema, { problem: { kind: 'double_well' }, optimizer: {}, steps: 1 }, {})
    expect(problem[0]).toMatchObject({ title: 'Problem', variant: 'double_well' })
  })

  it('marks what differs from the recipe it began with', () => {
    const changed = recipeForm(schema, { ...data, steps: 700 }, data)
    expect(find(changed, 'steps')?.isChanged).toBe(true)
    expect(find(changed, 'optimizer')?.isChanged).toBe(false)
  })

  it('reads what is typed', () => {
    const number: Pick<FormField, 'control' | 'choices'> = { control: 'number', choices: [] }
    expect(fromText(number, ' 1e-3 ')).toBe(0.001)
    expect(fromText(number, '')).toBeUndefined()
    expect(fromText(number, 'many')).toBe('many')
    expect(fromText({ ...number, control: 'list' }, '32, 16 8')).toEqual([32, 16, 8])
    expect(fromText({ ...number, control: 'boolean' }, 'true')).toBe(true)
  })
})

describe('withValue', () => {
  it('changes one key and keeps comments, order and style', () => {
    const text = withValue(yaml, ['optimizer', 'learning_rate'], 0.03, schema)
    expect(text).toBe(yaml.replace('learning_rate: 0.1 # eta', 'learning_rate: 0.03 # eta'))
  })

  it('removes a key, and of epochs and steps keeps the one that was set', () => {
    expect(parse(withValue(yaml, ['data', 'label_noise'], undefined, schema)).data).toEqual({ kind: 'mnist' })
    const text = withValue(yaml, ['epochs'], 5, schema)
    expect(parse(text)).toMatchObject({ epochs: 5 })
    expect(parse(text)).not.toHaveProperty('steps')
  })

  it('writes the default of a section before it changes one key in it', () => {
    const text = withValue(yaml, ['probes', 'sharpness'], { every: 100 }, schema)
    expect(Object.keys(parse(text).probes)).toEqual([
      'full_gradient',
      'gradient_noise',
      'validation',
      'sketch',
      'sharpness',
    ])
    const nested = withValue(yaml, ['probes', 'sketch', 'projections'], 8, schema)
    expect(parse(nested).probes).toMatchObject({ full_gradient: {}, sketch: { projections: 8 } })
  })

  it('begins an empty document', () => {
    expect(parse(withValue('', ['steps'], 10, schema))).toEqual({ steps: 10 })
  })
})

describe('parseRecipeText', () => {
  it('says where the text is no YAML', () => {
    const parsed = parseRecipeText('a: 1\nb: [1, 2\nc: 3\n')
    expect(parsed).toMatchObject({ isValid: false })
    expect(parsed.isValid ? null : parsed.line).toBeGreaterThan(1)
    expect(parseRecipeText('just text')).toMatchObject({
      isValid: false,
      message: 'A recipe is a mapping of keys to values',
    })
  })
})

describe('parseSeeds', () => {
  it('reads numbers and ranges, once each', () => {
    expect(parseSeeds('0-3, 7 2')).toEqual([0, 1, 2, 3, 7])
    expect(parseSeeds('')).toEqual([])
    expect([parseSeeds('a'), parseSeeds('3-1'), parseSeeds('0-200'), parseSeeds('-1')]).toEqual([
      null,
      null,
      null,
      null,
    ])
  })
})
