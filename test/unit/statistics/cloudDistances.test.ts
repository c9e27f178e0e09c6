import { describe, expect, it } from 'vitest'
import { createRandomGenerator } from '#core/random/randomGenerator.ts'
import { cloudDistances, randomDirections, slicedWassersteinMatrix } from '#core/statistics/cloudDistances.ts'
import {
  energyDistance,
  energyStatistic,
  maximumMeanDiscrepancySquared,
  slicedWasserstein,
} from '#core/statistics/distances.ts'
import { agrees, readReference, readTrace } from './referenceTraces.ts'

const cloud = (count: number, dimension: number, seed: number, shift = 0) => {
  const random = createRandomGenerator(seed)
  return { dimension, values: Float64Array.from({ length: count * dimension }, () => random.normal() + shift) }
}

describe('cloudDistances', () => {
  it('has the energy and MMD² of each pair alone', () => {
    const clouds = [cloud(40, 3, 1), cloud(30, 3, 2, 0.5), cloud(50, 3, 3)]
    const { energy, mmdSquared, bandwidth } = cloudDistances(clouds)
    clouds.forEach((a, i) =>
      clouds.forEach((b, j) => {
        if (i === j) return
        expect(energy[i]?.[j]).toBeCloseTo(Math.sqrt(energyStatistic(a, b)), 10)
        expect(mmdSquared[i]?.[j]).toBeCloseTo(maximumMeanDiscrepancySquared(a, b, bandwidth), 10)
      }),
    )
  })

  it('has the energy distance of scipy on the line', () => {
    const [a, b] = [cloud(60, 1, 4), cloud(45, 1, 5, 1)]
    expect(cloudDistances([a, b]).energy[0]?.[1]).toBeCloseTo(energyDistance(a.values, b.values), 10)
  })

  it('takes the median distance of the points as bandwidth', () => {
    // Distances of 0, 1, 3: 1, 3, 2.
    const points = (values: number[]) => ({ dimension: 1, values: Float64Array.from(values) })
    expect(cloudDistances([points([0, 1]), points([3])]).bandwidth).toBe(2)
  })

  it('has no bandwidth where all points coincide', () => {
    const same = { dimension: 2, values: new Float64Array(8) }
    expect(cloudDistances([same, same])).toMatchObject({
      energy: [
        [0, 0],
        [0, 0],
      ],
      bandwidth: Number.NaN,
    })
  })
})

describe('slicedWassersteinMatrix', () => {
  it('has the sliced distance of each pair, and that of the reference', () => {
    const read = (name: string) => {
      const columns = Object.values(readTrace(name).columns)
      const dimension = columns.length
      const count = columns[0]?.length ?? 0
      return {
        dimension,
        values: Float64Array.from(
          { length: count * dimension },
          (_, i) => columns[i % dimension]?.[Math.floor(i / dimension)] ?? NaN,
        ),
      }
    }
    const [a, b] = [read('q14_cloud_a'), read('q14_cloud_b')]
    const directions = read('q14_projections').values
    const matrix = slicedWassersteinMatrix([a, b], directions)
    expect(matrix[0]?.[1]).toBeCloseTo(slicedWasserstein(a, b, directions), 12)
    expect(
      agrees(matrix[1]?.[0] ?? NaN, readReference().at('problems', 'q14_sliced', 'on_trace').number('sw2_pot')),
    ).toBe(true)
  })

  it('is |shift| · √mean(cos²) between a cloud and its shifted copy', () => {
    const a = cloud(80, 4, 9)
    const b = { dimension: 4, values: a.values.map((value, i) => value + (i % 4 === 0 ? 3 : 0)) }
    const directions = randomDirections(50, 4, 1)
    const cosines = Array.from({ length: 50 }, (_, k) => directions[4 * k] ?? NaN)
    const expected = 3 * Math.sqrt(cosines.reduce((sum, c) => sum + c * c, 0) / 50)
    expect(slicedWassersteinMatrix([a, b], directions)[0]?.[1]).toBeCloseTo(expected, 10)
  })
})

describe('randomDirections', () => {
  it('are unit vectors, the same for the same seed', () => {
    const directions = randomDirections(20, 5, 3)
    for (let k = 0; k < 20; k += 1) expect(Math.hypot(...directions.subarray(5 * k, 5 * k + 5))).toBeCloseTo(1, 12)
    expect(randomDirections(20, 5, 3)).toEqual(directions)
  })
})
