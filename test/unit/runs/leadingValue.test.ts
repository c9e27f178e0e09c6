import { describe, expect, it } from 'vitest'
import { experimentTitle } from '#core/runs/experimentTitle.ts'
import { parseFilter } from '#core/runs/filter.ts'
import { leadingValue } from '#core/runs/leadingValue.ts'
import { areOneExperiment, experimentKey, seedOf } from '#core/runs/runGroups.ts'
import { sortRuns } from '#core/runs/sortRuns.ts'
import type { RunConfig } from '#shared/run.ts'
import { metricSummary, runRow } from './runRow.ts'

const withMetric = (id: string, name: string, last: number, role?: string) =>
  runRow({ id, metrics: { [name]: metricSummary({ last, ...(role === undefined ? {} : { role }) }) } })

describe('leadingValue', () => {
  const runs = [
    withMetric('a', 'probe/loss', 0.3),
    withMetric('b', 'train_loss', 0.2, 'loss'),
    withMetric('c', 'objective', 0.4, 'loss'),
    withMetric('d', 'other', 0.1),
  ]

  it('is that of the metric that plays the role, whatever its name', () => {
    expect(runs.map((run) => leadingValue(run, 'loss')?.metric)).toEqual([
      'probe/loss',
      'train_loss',
      'objective',
      undefined,
    ])
  })

  it('takes the root where only the square was recorded, and none of an estimate below zero', () => {
    const squared = (last: number) => withMetric('a', 'fullg2', last, 'gradient_norm_squared')
    expect(leadingValue(squared(0.25), 'gradient_norm')).toMatchObject({ metric: 'fullg2', isRoot: true, last: 0.5 })
    expect(leadingValue(squared(-0.1), 'gradient_norm')).toMatchObject({ metric: 'fullg2', last: undefined })
    expect(leadingValue(squared(NaN), 'gradient_norm')?.last).toBeNaN()
    expect(leadingValue(withMetric('a', 'probe/noise_trace', 9), 'gradient_noise')?.last).toBe(3)
  })

  it('can be sorted and filtered by', () => {
    const order = sortRuns(runs, [{ column: 'loss', direction: 'ascending' }]).map(({ id }) => id)
    expect(order).toEqual(['b', 'a', 'c', 'd'])
    expect(runs.filter(parseFilter('loss < 0.35')).map(({ id }) => id)).toEqual(['a', 'b'])
    expect(runs.filter(parseFilter('loss is missing')).map(({ id }) => id)).toEqual(['d'])
  })
})

describe('experiments', () => {
  const run = (name: string, config: RunConfig) => runRow({ id: name, name, seed: null, config })
  const seeds = [0, 1].map((seed) => run(`digits-s${seed}`, { momentum: 0.9, seed, imported_from: `${seed}.csv` }))

  it('hold runs whose settings agree but for seed, length, origin and recording', () => {
    const [one, other] = [
      run('a', { momentum: 0.9, steps: 10, 'probes.sketch.every': 5 }),
      run('b', { seed: 3, momentum: 0.9 }),
    ]
    expect(areOneExperiment(one, other)).toBe(true)
    expect(areOneExperiment(one, run('c', { momentum: 0.8 }))).toBe(false)
    expect(areOneExperiment(one, run('c', { momentum: 0.9, nesterov: true }))).toBe(false)
  })

  it('leave runs alone of which nothing is known, until somebody takes them together', () => {
    const [one, other] = [run('a', { imported_from: 'a.csv' }), run('b', { imported_from: 'b.csv' })]
    expect(experimentKey(one)).not.toBe(experimentKey(other))
    expect(areOneExperiment(one, other)).toBe(true)
  })

  it('know the seed of an import from its settings', () => {
    expect(seeds.map(seedOf)).toEqual([0, 1])
    expect(seedOf(run('a', { seed: 'many' }))).toBeNull()
  })

  it('are called by their group, else by what their names begin with, else by their settings', () => {
    const grouped = seeds.map((one) => ({ ...one, group: 'noisy' }))
    expect(experimentTitle(grouped)).toBe('noisy')
    expect(experimentTitle(seeds)).toBe('digits')
    expect(experimentTitle(['real_const_s0_steps', 'real_const_s1_steps'].map((name) => run(name, {})))).toBe(
      'real_const',
    )
    expect(experimentTitle(['well', 'well (2)'].map((name) => run(name, {})))).toBe('well')
    expect(experimentTitle(['1', '2'].map((name) => run(name, { learning_rate: 0.05, seed: 1 })))).toBe(
      'learning rate 0.05',
    )
    expect(experimentTitle([run('1', { alpha: 2, learning_rate: 0.05 })])).toBe('1')
    expect(
      experimentTitle(['1', '2'].map((name) => run(name, { alpha: 2, beta: 'x', momentum: 0.9, learning_rate: 0.05 }))),
    ).toBe('learning rate 0.05, momentum 0.9, alpha 2')
    expect(experimentTitle([])).toBe('')
  })

  it('are never called by a piece of a number, nor by a number where settings are known', () => {
    const titleOf = (...names: string[]): string =>
      experimentTitle(names.map((name) => run(name, { learning_rate: 0.05 })))
    expect(titleOf('0.1', '0.2')).toBe('learning rate 0.05')
    expect(titleOf('lr0.1_a', 'lr0.05_a')).toBe('learning rate 0.05')
    expect(titleOf('lr0.1_a', 'lr0.1_b')).toBe('lr0.1')
    expect(titleOf('3-a', '3-b')).toBe('learning rate 0.05')
    expect(titleOf('digits.s0', 'digits.s1')).toBe('digits')
    expect(experimentTitle(['3-a', '3-b'].map((name) => run(name, {})))).toBe('3')
  })
})
