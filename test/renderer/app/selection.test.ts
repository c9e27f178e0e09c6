import { describe, expect, it } from 'vitest'
import { runColor } from '../../../src-renderer/app/runColors.ts'
import { withSelected, withToggled } from '../../../src-renderer/app/selection.ts'
import type { ViewState } from '#shared/contract/workspace.ts'
import { compareGroups } from '../../../src-renderer/features/compare/compareGroups.ts'
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

  it('gives each run a slot of its own where they are drawn apart, as repeats of one seed are', () => {
    const config = { learning_rate: 0.1, steps: 1000, seed: 1 }
    const short = fakeRun('short', { seed: 1, config })
    const long = fakeRun('long', { seed: 1, config: { ...config, steps: 5000 } })
    const second = fakeRun('second', { seed: 2, config: { ...config, seed: 2 } })
    const all = new Map([short, long, second].map((run) => [run.id, run]))
    const slotsOf = (view: ViewState): number[] =>
      compareGroups(
        view.selectedRunIds.flatMap((id) => all.get(id) ?? []),
        (id) => view.colorSlots[id] ?? -1,
      ).map(({ slot }) => slot)
    const apart = withSelected(empty, ['short', 'long'], all)
    expect(slotsOf(apart)).toEqual([0, 1])
    const three = withToggled(apart, 'second', all)
    expect(slotsOf(three)).toEqual([0, 1, 2])
    // Without the repeat the two are seeds again, and one line.
    expect(withToggled(three, 'long', all).colorSlots).toMatchObject({ short: 0, second: 0 })
    expect(slotsOf(withToggled(withToggled(three, 'long', all), 'long', all))).toEqual([0, 1, 2])
    // A view that was saved with one slot for both.
    expect(slotsOf(withSelected({ ...empty, colorSlots: { short: 3, long: 3 } }, ['short', 'long'], all))).toEqual([
      3, 0,
    ])
  })

  it('gives no run the slot of one that had it, in whatever order they are selected', () => {
    const view = withSelected(empty, ['b-0'], runs)
    expect(withSelected(view, ['single', 'b-0'], runs).colorSlots).toMatchObject({ 'b-0': 0, single: 1 })
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
