import { describe, expect, it } from 'vitest'
import { createRandomGenerator } from '#core/random/randomGenerator.ts'
import { classicalScaling } from '#core/statistics/classicalScaling.ts'

interface Point {
  readonly x: number
  readonly y: number
}

const distancesOf = (points: readonly Point[]) => points.map((a) => points.map((b) => Math.hypot(a.x - b.x, a.y - b.y)))

describe('classicalScaling', () => {
  it('gives a 3-4-5 triangle back', () => {
    const map = classicalScaling([
      [0, 3, 4],
      [3, 0, 5],
      [4, 5, 0],
    ])
    const [a, b, c] = map?.points ?? []
    if (!map || !a || !b || !c) throw new Error('no map')
    expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeCloseTo(3, 12)
    expect(Math.hypot(a.x - c.x, a.y - c.y)).toBeCloseTo(4, 12)
    expect(Math.hypot(b.x - c.x, b.y - c.y)).toBeCloseTo(5, 12)
    expect(map.stress).toBeLessThan(1e-12)
    expect(map.explainedShare).toBeCloseTo(1, 12)
  })

  it('puts two points on the first axis, the first on its positive side', () => {
    const map = classicalScaling([
      [0, 2],
      [2, 0],
    ])
    expect(map?.points[0]?.x).toBeCloseTo(1, 12)
    expect(map?.points[1]?.x).toBeCloseTo(-1, 12)
    expect(map?.points.map(({ y }) => Math.abs(y) < 1e-7)).toEqual([true, true])
  })

  it('explains two of three equal dimensions of a regular tetrahedron', () => {
    const map = classicalScaling([0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => (i === j ? 0 : 1))))
    expect(map?.explainedShare).toBeCloseTo(2 / 3, 12)
    expect(map?.stress).toBeGreaterThan(0.1)
  })

  it('is faithful for any points of a plane, centred, the longer axis first, with signs that do not depend on rotation', () => {
    const random = createRandomGenerator(5)
    const points = Array.from({ length: 9 }, () => ({ x: 3 * random.normal(), y: random.normal() }))
    const map = classicalScaling(distancesOf(points))
    const turned = classicalScaling(distancesOf(points.map(({ x, y }) => ({ x: 7 - y, y: x + 2 }))))
    expect(map?.stress).toBeLessThan(1e-10)
    const spread = (axis: 'x' | 'y') => (map?.points ?? []).reduce((sum, point) => sum + point[axis] ** 2, 0)
    expect(spread('x')).toBeGreaterThan(spread('y'))
    expect((map?.points ?? []).reduce((sum, { x }) => sum + x, 0)).toBeCloseTo(0, 10)
    for (const [i, { x, y }] of (map?.points ?? []).entries()) {
      expect(turned?.points[i]?.x).toBeCloseTo(x, 8)
      expect(turned?.points[i]?.y).toBeCloseTo(y, 8)
    }
    for (const axis of ['x', 'y'] as const) {
      const values = (map?.points ?? []).map((point) => point[axis])
      expect(Math.max(...values)).toBeGreaterThanOrEqual(-Math.min(...values))
    }
  })

  it.each([
    ['no points', []],
    ['one point', [[0]]],
    [
      'a distance that is not finite',
      [
        [0, Number.NaN],
        [Number.NaN, 0],
      ],
    ],
    [
      'points that coincide',
      [
        [0, 0],
        [0, 0],
      ],
    ],
  ])('has no map of %s', (_, distances) => {
    expect(classicalScaling(distances)).toBeUndefined()
  })
})
