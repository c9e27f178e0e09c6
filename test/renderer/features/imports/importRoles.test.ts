import { describe, expect, it } from 'vitest'
import {
  columnsByRole,
  configFromTexts,
  roleOf,
  suggestedRoles,
  withRole,
} from '../../../../src-renderer/features/imports/importRoles.ts'
import { previewPath } from '../../../../src-renderer/features/imports/previewPath.ts'

const column = (name: string, suggestedRole: string | null) => ({
  name,
  kind: 'numeric' as const,
  pointCount: 3,
  nonFiniteCount: 0,
  suggestedRole,
  preview: new Float64Array(),
})

describe('roles of an import', () => {
  it('suggests a role of one column once, a component for many', () => {
    const columns = [
      column('loss', 'loss'),
      column('train_loss', 'loss'),
      column('w0', 'weights'),
      column('w1', 'weights'),
      column('x', null),
    ]
    expect(suggestedRoles({ path: '', format: 'CSV', rowCount: 3, stepSource: '', warnings: [], columns })).toEqual({
      loss: 'loss',
      w0: 'weights',
      w1: 'weights',
    })
  })

  it('moves a role of one column, shares one of components, and takes it away', () => {
    expect(withRole({ a: 'loss' }, 'b', 'loss')).toEqual({ b: 'loss' })
    expect(withRole({ a: 'weights' }, 'b', 'weights')).toEqual({ a: 'weights', b: 'weights' })
    expect(withRole({ a: 'loss' }, 'a', 'none')).toEqual({})
  })

  it('gives the engine columns by role in the order of the file', () => {
    expect(columnsByRole(['w1', 'w0', 'loss', 'x'], { w0: 'weights', w1: 'weights', loss: 'loss' })).toEqual({
      weights: ['w1', 'w0'],
      loss: ['loss'],
    })
  })

  it('finds no role in what every object has', () => {
    expect(columnsByRole(['constructor', 'loss'], { loss: 'loss' })).toEqual({ loss: ['loss'] })
    expect(roleOf({}, 'constructor')).toBeUndefined()
  })

  it('reads hyper-parameters, or says that one is no number', () => {
    expect(configFromTexts({ learning_rate: '0.1', momentum: ' ' })).toEqual({ learning_rate: 0.1 })
    expect(configFromTexts({ learning_rate: 'fast' })).toBeNull()
  })
})

describe('previewPath', () => {
  it('breaks the line where a value is not finite', () => {
    expect(previewPath(Float64Array.of(1, 2, Number.NaN, 3, 4)).match(/M/g)).toHaveLength(2)
    expect(previewPath(new Float64Array())).toBe('')
  })
})
