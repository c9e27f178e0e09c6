import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import RunsView from '../../../../src-renderer/features/runs/RunsView.vue'
import { createFakeBridge } from '../../fakeBridge.ts'
import type { FakeBridge } from '../../fakeBridge.ts'
import { fakeMetric, fakeRun } from '../../fakeRuns.ts'
import { stubLayout } from '../../layoutStub.ts'
import { mountInApp } from '../../mountInApp.ts'
import type { MountedInApp } from '../../mountInApp.ts'

const runs = [
  fakeRun('noisy-s0', {
    group: 'noisy',
    seed: 0,
    createdAtMs: 4000,
    config: { learning_rate: 0.1, seed: 0 },
    verdict: {
      id: 'invariant-measure',
      summary: 'The loss has settled. The weights have not stopped.',
      detail: '',
      weakestLink: null,
    },
  }),
  fakeRun('noisy-s1', { group: 'noisy', seed: 1, createdAtMs: 3000, config: { learning_rate: 0.1, seed: 1 } }),
  fakeRun('clean', { group: 'controls', createdAtMs: 2000, config: { learning_rate: 0.3, seed: 0 } }),
]

describe('RunsView', () => {
  let bridge: FakeBridge
  let mounted: MountedInApp
  let undoLayout: () => void

  beforeEach(async () => {
    undoLayout = stubLayout(1200, 600)
    window.history.replaceState(null, '', '#/runs')
    bridge = createFakeBridge(runs)
    mounted = await mountInApp(RunsView, bridge, { workspace: '/w/digits' })
  })

  afterEach(() => {
    mounted.unmount()
    undoLayout()
    vi.useRealTimers()
  })

  const text = (): string => document.body.textContent ?? ''
  const rows = (): string[] =>
    [...document.querySelectorAll('[role="row"][aria-rowindex]:not([aria-rowindex="1"])')].map(
      (row) => row.textContent?.trim() ?? '',
    )
  const heading = (): string => document.querySelector('aside h2')?.textContent ?? ''
  const selected = (): readonly string[] => mounted.context.workspace.view.value.selectedRunIds

  it('shows groups with their runs, verdicts and a summary over seeds', () => {
    expect(document.querySelector('[role="grid"]')?.getAttribute('aria-rowcount')).toBe('6')
    expect(rows()[0]).toContain('noisy')
    expect(rows()[0]).toMatch(/n = 2\s?seeds, mean ± sd|n = 2 seeds/)
    expect(rows()[1]).toContain('noisy-s0')
    expect(rows()[1]).toContain('Invariant measure')
    expect(rows().some((row) => row.includes('clean'))).toBe(true)
  })

  it('moves, peeks, selects and opens by keys', async () => {
    expect(heading()).toBe('noisy-s0')
    await mounted.press('j')
    expect(heading()).toBe('noisy-s1')
    await mounted.press('x')
    await mounted.press('ArrowUp')
    await mounted.press('x')
    expect(selected()).toEqual(['noisy-s1', 'noisy-s0'])
    expect(mounted.context.workspace.colorOf('noisy-s0')).toEqual(mounted.context.workspace.colorOf('noisy-s1'))
    await mounted.press(' ')
    expect(document.querySelector('aside')).toBeNull()
    await mounted.press('Enter')
    expect(mounted.context.route.route.value).toMatchObject({ page: 'run', runId: 'noisy-s0' })
  })

  it('selects a range from the last selected row', async () => {
    await mounted.press('x')
    await mounted.press('End')
    await mounted.press('X', { shiftKey: true })
    expect(selected()).toEqual(['noisy-s0', 'noisy-s1', 'clean'])
    await mounted.press('Escape')
    expect(selected()).toEqual([])
  })

  it('folds a group, and compares the current run when nothing is selected', async () => {
    await mounted.press('Home')
    await mounted.press('ArrowLeft')
    expect(text()).not.toContain('noisy-s1')
    await mounted.press('j')
    await mounted.press('j')
    await mounted.press('c')
    expect(selected()).toEqual(['clean'])
    expect(mounted.context.route.route.value.page).toBe('compare')
  })

  it('filters through the engine and shows an error in one line, with the last list kept', async () => {
    vi.useFakeTimers()
    await mounted.press('/')
    const input = document.activeElement
    if (!(input instanceof HTMLInputElement)) throw new Error('The filter has no focus')
    const type = async (filter: string): Promise<void> => {
      input.value = filter
      input.dispatchEvent(new Event('input'))
      await vi.advanceTimersByTimeAsync(200)
    }
    await type('config.learning_rate > 0.2')
    expect(text()).toContain('1 of 3 runs')
    await type('config.learning_rate >')
    expect(document.querySelector('#filter-error')?.textContent).toMatch(/value is missing/)
    expect(text()).toContain('1 of 3 runs')
  })

  it('leaves the query of the next page alone', async () => {
    mounted.context.route.go('runs', { filter: 'clean' })
    await flushPromises()
    mounted.context.route.go('compare', { panels: 'probe/loss' })
    await flushPromises()
    expect(mounted.context.route.route.value.query).toEqual({ panels: 'probe/loss' })
  })

  it('sorts by the engine when a heading is pressed', async () => {
    vi.useFakeTimers()
    const button = [...document.querySelectorAll<HTMLElement>('[role="columnheader"] button')].find((candidate) =>
      candidate.textContent?.includes('steps'),
    )
    button?.click()
    await vi.advanceTimersByTimeAsync(200)
    expect(bridge.callsOf('runs.list').at(-1)).toMatchObject({ sort: [{ column: 'steps', direction: 'descending' }] })
  })

  it('follows a live run without asking for the list again at once', async () => {
    const before = bridge.callsOf('runs.list').length
    bridge.changeRuns({
      changed: [
        fakeRun('clean', {
          ...runs[2],
          status: 'running',
          plannedSteps: 100,
          steps: 62,
          metrics: { 'probe/loss': fakeMetric(0.777, 5) },
        }),
      ],
    })
    await flushPromises()
    const row = rows().find((candidate) => candidate.includes('clean'))
    expect(row).toContain('0.777')
    expect(bridge.callsOf('runs.list')).toHaveLength(before)
  })

  it('reads sparklines of the visible rows in one call', async () => {
    vi.useFakeTimers()
    mounted.unmount()
    bridge = createFakeBridge(runs)
    const opening = mountInApp(RunsView, bridge, { workspace: '/w/digits' })
    await vi.advanceTimersByTimeAsync(300)
    mounted = await opening
    const requests = bridge.callsOf('series.read').filter((call) => JSON.stringify(call).includes('"buckets":42'))
    expect(requests).toHaveLength(1)
    expect(requests[0]).toMatchObject({
      requests: expect.arrayContaining([expect.objectContaining({ runId: 'clean', metric: 'probe/loss' })]),
    })
    expect(document.querySelectorAll('svg.spark path').length).toBeGreaterThan(3)
  })

  it('shows folders that cannot be read in one line', async () => {
    bridge.changeRuns({
      problems: [{ path: '/w/digits/old', code: 'unreadable-run', message: 'old/run.sqlite is not a run file' }],
    })
    await flushPromises()
    expect(text()).toContain('old/run.sqlite is not a run file')
  })
})

describe('RunsView without runs', () => {
  it('says what is missing and offers what to do', async () => {
    const mounted = await mountInApp(RunsView, createFakeBridge([]), { workspace: '/w/empty' })
    expect(document.body.textContent).toContain('No runs in this folder yet')
    const button = [...document.querySelectorAll('button')].find((candidate) =>
      candidate.textContent?.includes('New run'),
    )
    button?.click()
    expect(mounted.context.route.route.value.page).toBe('new')
    mounted.unmount()
  })
})
