import { describe, expect, it } from 'vitest'
import type { RunMap } from '#core/diagnostics/acrossRuns/acrossRunsTypes.ts'
import { equalScales, mapQuality, mapRows, namePlaces } from '#figures/charts/runMapOptions.ts'
import { csvText } from '#figures/charts/chartTable.ts'
import { seedsText } from '#figures/text/seedsText.ts'
import { lightTheme } from '#figures/plot/lightTheme.ts'

const map: RunMap = {
  observable: 'loss',
  distance: 'wasserstein1',
  runs: [
    {
      runId: 'a',
      x: 3,
      y: 0,
      halves: [
        { x: 4, y: 1 },
        { x: 2, y: -1 },
      ],
    },
    {
      runId: 'b',
      x: -3,
      y: 0,
      halves: [
        { x: -3, y: 0 },
        { x: -3, y: 0 },
      ],
    },
  ],
  explainedShare: 0.97,
  stress: 0.081,
}
const styleOf = (runId: string) => ({ name: `run "${runId}"`, color: '--run-1' as const })

describe('map of the runs', () => {
  it.each([
    [388, 236],
    [300, 600],
  ])('has one unit per pixel in common in %i x %i, and room for every point', (width, height) => {
    const { x, y } = equalScales(map, { theme: lightTheme(), width, height })
    const perPixel = (scale: typeof x, pixels: number) => (scale.max - scale.min) / pixels
    expect(perPixel(x, width - 70)).toBeCloseTo(perPixel(y, height - 50), 12)
    expect(x.max).toBeGreaterThan(4)
    expect(y.min).toBeLessThan(-1)
  })

  it('puts the names of runs that lie close together beside each other, inside the plot', () => {
    const near = ['a', 'b', 'c', 'd'].map((runId, i) => {
      const [x, y] = [0.02 * i, 0.01 * i]
      return {
        runId,
        x,
        y,
        halves: [
          { x: x + 1, y },
          { x: x - 1, y },
        ],
      }
    })
    const frame = { theme: lightTheme(), width: 388, height: 236 }
    const places = namePlaces(
      { ...map, runs: near },
      (runId) => ({ name: `experiment-${runId}`, color: '--run-1' }),
      frame,
    )
    const boxes = places.map(({ x, y, align }) => {
      const left = x - { left: 0, right: 73, center: 36 }[align]
      return { left, right: left + 73, top: y, bottom: y + 11 }
    })
    for (const [i, box] of boxes.entries()) {
      expect(box.left).toBeGreaterThanOrEqual(0)
      expect(box.right).toBeLessThanOrEqual(frame.width)
      for (const other of boxes.slice(0, i))
        expect(
          box.left >= other.right || box.right <= other.left || box.top >= other.bottom || box.bottom <= other.top,
        ).toBe(true)
    }
  })

  it('writes no name on the line of a run where there is room beside it', () => {
    const runs = [0, 1].map((i) => ({
      runId: String(i),
      x: 0,
      y: i === 0 ? 0.4 : -0.4,
      halves: [
        { x: -1, y: i === 0 ? 0.4 : -0.4 },
        { x: 1, y: i === 0 ? 0.4 : -0.4 },
      ] as const,
    }))
    const frame = { theme: lightTheme(), width: 388, height: 236 }
    const { y: scale } = equalScales({ runs }, frame)
    const places = namePlaces({ ...map, runs }, () => ({ name: 'seed', color: '--run-1' }), frame)
    const lineAt = runs.map(({ y }) => 12 + ((scale.max - y) / (scale.max - scale.min)) * (236 - 12 - 38))
    for (const { y } of places)
      for (const line of lineAt) expect(line <= y || line >= y + 12, `${line} in ${y}`).toBe(true)
  })

  it('says how faithful it is, and gives its points as CSV', () => {
    expect(mapQuality(map)).toBe('2 runs, stress 0.081, 97 % held')
    expect(csvText(mapRows(map, styleOf)).split('\n').slice(0, 3)).toEqual([
      'run_id,run,part,x,y',
      'a,"run ""a""",run,3,0',
      'a,"run ""a""",first half,4,1',
    ])
  })
})

describe('seedsText', () => {
  const row = (observable: string, rhat: number, finding: 'equal' | 'different' | 'unresolved') => ({
    observable,
    isDeciding: true,
    finding,
    rhat,
    rhatScatter: 1.02,
    effectiveSampleSize: 80,
    sampleSize: 1000,
    reason: '',
  })

  it('names R̂ against its limit, and is the weakest link where laws differ', () => {
    const differ = seedsText({
      observables: [row('loss', 1.14, 'different'), row('gradient_norm_squared', 1.3, 'unresolved')],
      verdict: { id: 'per-seed-laws-differ', summary: 'Not all seeds follow one law.', detail: '' },
    })
    expect(differ).toMatchObject({
      state: 'warn',
      estimate: 'R̂ = 1.14',
      limit: 'by chance up to 1.020',
      isWeakest: true,
    })
    const agree = seedsText(
      { observables: [row('loss', 1.004, 'equal')], verdict: { id: 'one-law-across-seeds', summary: '', detail: '' } },
      1.1,
    )
    expect(agree).toMatchObject({ state: 'pass', estimate: 'R̂ = 1.004', rhatLimit: 1.1, isWeakest: false })
  })

  it('says that one seed is untested', () => {
    const alone = seedsText({ observables: [], verdict: { id: 'untested', summary: 'One seed only.', detail: '' } })
    expect(alone).toMatchObject({ state: 'unknown', estimate: 'untested', limit: 'one seed' })
  })
})
