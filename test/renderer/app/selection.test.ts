import { describe, expect, it } from 'vitest'
import { runColor } from '../../../src-renderer/app/runColors.ts'
import { withSelected, withToggled } from '../../../src-renderer/app/selection.ts'
import { fakeRun } from '../fakeRuns.ts'

const empty = { selectedRunIds: [], colorSlots: {}, baselineRunId: null }
const seed = (name: string, index: number) =>
  fakeRun(`${name}-${index}`, {
    group: name,
    seed: index,
    config: { learning_rate: name === 'a' ? 0.1 : 0.2, seed: index },
  })
const runs = new Map([seed('a', 0), seed('a', 1), seed('b', 0), fakeRun('single')].map((run) => [run.id, run]))

describe('selection', () => {
  it('gives seeds of one experiment one colour and strangers the lowest free one', () => {
    const view = withSelected(empty, ['a-0', 'a-1', 'b-0', 'single'], runs)
    expect(view.colorSlots).toEqual({ 'a-0': 0, 'a-1': 0, 'b-0': 1, single: 2 })
  })

  it('keeps a colour while a run is away, unless somebody took it', () => {
    const away = withToggled(withSelected(empty, ['a-0', 'b-0'], runs), 'b-0', runs)
    expect(withToggled(away, 'b-0', runs).colorSlots['b-0']).toBe(1)
    const taken = withToggled(withToggled(away, 'single', runs), 'b-0', runs)
    expect(taken.colorSlots).toMatchObject({ single: 1, 'b-0': 2 })
  })

  it('selects each run once, in order', () => {
    expect(withSelected(empty, ['b-0', 'a-0', 'b-0'], runs).selectedRunIds).toEqual(['b-0', 'a-0'])
  })

  it('selects ten thousand runs at once', () => {
    const many = new Map(
      Array.from({ length: 10_000 }, (_, i) => [`r${i}`, fakeRun(`r${i}`, { config: { learning_rate: i } })]),
    )
    const view = withSelected(empty, [...many.keys()], many)
    expect(view.colorSlots['r9999']).toBe(9999)
  })

  it('goes on dashed after ten hues, then dotted', () => {
    expect([0, 9, 10, 25].map(runColor).map(({ variable, dash }) => `${variable} ${dash}`)).toEqual([
      '--run-1 solid',
      '--run-10 solid',
      '--run-1 dashed',
      '--run-6 dotted',
    ])
  })
})
