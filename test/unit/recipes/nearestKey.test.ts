import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { editDistance, nearestKey } from '#core/recipes/nearestKey.ts'

describe('editDistance', () => {
  it.each([
    ['', '', 0],
    ['momentum', 'momentum', 0],
    ['momentun', 'momentum', 1],
    ['momnetum', 'momentum', 1],
    ['', 'abc', 3],
    ['kitten', 'sitting', 3],
  ])('%s to %s is %i', (left, right, distance) => {
    expect(editDistance(left, right)).toBe(distance)
  })

  it('is symmetric, at most the longer length, at least the difference of lengths', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (left, right) => {
        const distance = editDistance(left, right)
        expect(distance).toBe(editDistance(right, left))
        expect(distance).toBeLessThanOrEqual(Math.max(left.length, right.length))
        expect(distance).toBeGreaterThanOrEqual(Math.abs(left.length - right.length))
      }),
    )
  })
})

describe('nearestKey', () => {
  const keys = ['seeds', 'data.seed', 'data.kind', 'model.kind', 'optimizer.learning_rate']
  it('prefers a key in the same section among equally near ones', () => {
    expect(nearestKey('kinds', keys, 'model.')).toBe('model.kind')
    expect(nearestKey('sead', keys, 'data.')).toBe('data.seed')
  })
  it('ignores case, dashes and underscores', () => {
    expect(nearestKey('learningRate', keys, '')).toBe('optimizer.learning_rate')
  })
  it('is silent when nothing is near', () => {
    expect(nearestKey('temperature', keys, '')).toBeNull()
  })
})
