import { describe, expect, it } from 'vitest'
import type { RunMap } from '#core/diagnostics/acrossRunsTypes.ts'
import { equalScales, mapQuality, mapTable } from '#figures/charts/runMapOptions.ts'
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

  it('says how faithful it is, and gives its points as CSV', () => {
    expect(mapQuality(map)).toBe('2 runs, stress 0.081, 97 % held')
    expect(mapTable(map, styleOf).split('\n').slice(0, 3)).toEqual([
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
      verdict: { id: 'per-seed-laws-differ', summary: 'Each seed follows a law of its own.', detail: '' },
    })
    expect(differ).toMatchObject({
      state: 'warn',
      estimate: 'R̂ = 1.14',
      limit: 'limit 1.05, chance 1.02',
      isWeakest: true,
    })
    const agree = seedsText(
      { observables: [row('loss', 1.004, 'equal')], verdict: { id: 'one-law-across-seeds', summary: '', detail: '' } },
      1.1,
    )
    expect(agree).toMatchObject({ state: 'pass', estimate: 'R̂ = 1.00', rhatLimit: 1.1, isWeakest: false })
  })

  it('says that one seed is untested', () => {
    const alone = seedsText({ observables: [], verdict: { id: 'untested', summary: 'One seed only.', detail: '' } })
    expect(alone).toMatchObject({ state: 'unknown', estimate: 'untested', limit: 'one seed' })
  })
})
