import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { RunRow } from '#shared/run.ts'
import CompareView from '../../../src-renderer/features/compare/CompareView.vue'
import { createFakeBridge, type FakeBridge } from '../fakeBridge.ts'
import { fakeMetric, fakeRun } from '../fakeRuns.ts'
import { mountInApp, type MountedInApp } from '../mountInApp.ts'

// happy-dom has no canvas: what would be drawn is tested on the option builders.
vi.mock('../../../src-renderer/charts/EChart.vue', () => ({
  default: { props: ['build', 'description'], template: '<div class="echart" :aria-label="description"></div>' },
}))

let mounted: MountedInApp | undefined

async function show(
  runs: RunRow[],
  selected = runs.map((run) => run.id),
): Promise<{ page: MountedInApp; bridge: FakeBridge }> {
  const bridge = createFakeBridge(runs, {
    'series.phase': ({ requests }) => ({
      series: requests.map(({ runId }) => ({
        runId,
        steps: new Float64Array(),
        x: new Float64Array(),
        y: new Float64Array(),
        pointCount: 0,
      })),
    }),
  })
  mounted = await mountInApp(CompareView, bridge, { workspace: '/workspace' })
  mounted.context.workspace.select(selected)
  await flushPromises()
  return { page: mounted, bridge }
}

afterEach(() => {
  mounted?.context.route.setQuery({})
  mounted?.unmount()
  mounted = undefined
})

const seeds = [1, 2].map((seed) => fakeRun(`s${seed}`, { group: 'digits', seed, config: { learning_rate: 0.1, seed } }))
const other = fakeRun('other', { config: { learning_rate: 0.3 } })

describe('CompareView', () => {
  it('says what to do when nothing is selected', async () => {
    const { page } = await show([other], [])
    expect(page.wrapper.text()).toContain('No run is selected')
  })

  it('shows seeds as one entry of the legend, the panels that were recorded, and what differs', async () => {
    const { page } = await show([...seeds, other])
    expect(page.wrapper.findAll('.item')).toHaveLength(2)
    expect(page.wrapper.find('.tray').text()).toContain('2 series')
    expect(page.wrapper.findAll('.chart-panel h3').map((title) => title.text())).toEqual([
      'Loss',
      'Gradient norm ‖∇𝑓‖',
      'Gradient norm against loss',
    ])
    expect(page.wrapper.findAll('tbody th').map((key) => key.text())).toEqual(['learning_rate'])
  })

  it('settles: a panel whose metric nobody recorded neither reads nor redraws without end', async () => {
    const { page, bridge } = await show([fakeRun('a', { metrics: { x: fakeMetric(1) } })])
    page.context.route.setQuery({ panels: 'probe/loss' })
    await flushPromises()
    expect(page.wrapper.text()).toContain('None of the selected runs recorded probe/loss.')
    const calls = bridge.callsOf('series.read').length
    await flushPromises()
    expect(bridge.callsOf('series.read')).toHaveLength(calls)
  })

  it('reads again with the axis, the smoothing and the scale that are chosen, and keeps them in the address', async () => {
    const { page, bridge } = await show([other])
    await page.press('s')
    await page.press('L', { shiftKey: true })
    const last = bridge.callsOf('series.read').at(-1) as { requests: { smoothing: unknown; logarithmic: boolean }[] } // the request of the only method asked for
    expect(last.requests[0]).toMatchObject({ smoothing: { kind: 'ema', weight: 0.85 }, logarithmic: true })
    expect(page.context.route.route.value.query).toMatchObject({ smooth: '0.85', log: 'x' })
  })

  it('takes over the selection of a link', async () => {
    const { page } = await show([...seeds, other], ['s1'])
    page.context.route.setQuery({ runs: 'other' })
    await flushPromises()
    expect(page.context.workspace.view.value.selectedRunIds).toEqual(['other'])
  })

  it('marks the baseline and takes runs out of the selection', async () => {
    const { page } = await show([...seeds, other])
    await page.wrapper.findAll('[aria-label="Baseline"]')[1]?.trigger('click')
    expect(page.context.workspace.view.value.baselineRunId).toBe('other')
    expect(page.wrapper.findAll('.item')[1]?.text()).toContain('baseline')
    await page.wrapper.findAll('[aria-label="Take out of the selection"]')[0]?.trigger('click')
    expect(page.context.workspace.view.value.selectedRunIds).toEqual(['other'])
  })
})
