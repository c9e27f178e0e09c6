import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import CommandPalette from '../../../../src-renderer/features/palette/CommandPalette.vue'
import { fuzzyMatch, markMatches } from '../../../../src-renderer/features/palette/fuzzyMatch.ts'
import { parsePaletteQuery } from '../../../../src-renderer/features/palette/usePaletteItems.ts'
import { createFakeBridge } from '../../fakeBridge.ts'
import { fakeRun } from '../../fakeRuns.ts'
import { mountInApp } from '../../mountInApp.ts'
import type { MountedInApp } from '../../mountInApp.ts'

describe('fuzzyMatch', () => {
  it('finds letters in order, whole words first', () => {
    const better = fuzzyMatch('grad', 'probe/gradient_norm')
    const worse = fuzzyMatch('grad', 'group by random')
    expect(better?.indices).toEqual([6, 7, 8, 9])
    expect(better?.score).toBeGreaterThan(worse?.score ?? 0)
    expect(fuzzyMatch('pgn', 'probe/gradient_norm')?.indices).toEqual([0, 6, 12])
    expect(fuzzyMatch('xyz', 'probe')).toBeNull()
  })

  it('marks without losing a character', () => {
    expect(markMatches('abc', [1])).toEqual([
      { text: 'a', isMatch: false },
      { text: 'b', isMatch: true },
      { text: 'c', isMatch: false },
    ])
  })

  it('reads prefixes', () => {
    expect(parsePaletteQuery('>theme')).toEqual({ section: 'Actions', text: 'theme' })
    expect(parsePaletteQuery('= lr > 1')).toEqual({ section: 'Filter', text: ' lr > 1' })
    expect(parsePaletteQuery('runs')).toEqual({ section: '', text: 'runs' })
  })
})

describe('CommandPalette', () => {
  let mounted: MountedInApp

  afterEach(() => mounted.unmount())

  const options = (): string[] =>
    [...document.querySelectorAll('[role="option"]')].map(
      (option) => option.querySelector('span')?.textContent?.replaceAll(/\s+/g, ' ').trim() ?? '',
    )

  async function type(text: string): Promise<HTMLInputElement> {
    const input = document.querySelector<HTMLInputElement>('[role="combobox"]')
    if (!input) throw new Error('The palette is not open')
    input.value = text
    input.dispatchEvent(new Event('input'))
    await flushPromises()
    return input
  }

  it('lists runs, metrics and actions that match, and runs the chosen one', async () => {
    const run = vi.fn<() => void>()
    const close = vi.fn<() => void>()
    mounted = await mountInApp(CommandPalette, createFakeBridge([fakeRun('gradual'), fakeRun('other')]), {
      workspace: '/w',
      props: { isOpen: true, onClose: close },
    })
    mounted.context.commands.register(() => [{ id: 'probe', title: 'Take a gradient probe now', section: 'Run', run }])
    const input = await type('grad')
    expect(options()).toEqual(expect.arrayContaining(['gradual', 'probe/gradient_norm', 'Take a gradient probe now']))
    expect(options()).not.toContain('other')
    await type('take')
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
    expect(run).toHaveBeenCalledTimes(1)
    expect(close).toHaveBeenCalledTimes(1)
  })

  it('turns "=" into a filter of the runs', async () => {
    mounted = await mountInApp(CommandPalette, createFakeBridge([fakeRun('a')]), {
      workspace: '/w',
      props: { isOpen: true },
    })
    const input = await type('= steps > 10')
    expect(options()).toEqual(['steps > 10'])
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
    expect(mounted.context.route.route.value).toEqual({ page: 'runs', runId: null, query: { filter: 'steps > 10' } })
  })

  it('says so when nothing is found', async () => {
    mounted = await mountInApp(CommandPalette, createFakeBridge(), { workspace: '/w', props: { isOpen: true } })
    await type('qqqq')
    expect(document.body.textContent).toContain('Nothing is called “qqqq”')
  })
})
