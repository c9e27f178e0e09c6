import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { RunDetail, RunRow } from '#shared/run.ts'
import RunView from '../../../src-renderer/features/run/RunView.vue'
import { createFakeBridge, type FakeBridge, type FakeHandlers } from '../fakeBridge.ts'
import { fakeMetric, fakeRun } from '../fakeRuns.ts'
import { mountInApp, type MountedInApp } from '../mountInApp.ts'

// happy-dom has no canvas: what would be drawn is tested on the option builders.
vi.mock('../../../src-renderer/charts/EChart.vue', () => ({
  default: { props: ['build', 'description'], template: '<div class="echart" :aria-label="description"></div>' },
}))

let mounted: MountedInApp | undefined

function detailOf(run: RunRow): RunDetail {
  return {
    run,
    metrics: Object.keys(run.metrics).map((name) => ({
      name,
      kind: 'scalar',
      dimension: 1,
      unit: '',
      description: '',
      role: null,
    })),
    segments: [
      {
        from: 0,
        to: null,
        learningRate: 0.1,
        momentum: 0.9,
        nesterov: false,
        weightDecay: 0,
        batchSize: 128,
        sampling: 'iid',
      },
    ],
    events: [{ step: 0, wallTimeMs: 0, kind: 'status', message: 'running' }],
    checkpoints: [],
    versions: {},
    host: 'here',
    attempts: 1,
    recipeYaml: null,
  }
}

async function show(run: RunRow, handlers: FakeHandlers = {}): Promise<{ page: MountedInApp; bridge: FakeBridge }> {
  window.location.hash = `#/run/${run.id}`
  const bridge = createFakeBridge([run], {
    'runs.get': () => detailOf(run),
    'diagnostics.diagnose': () => ({
      diagnoses: [
        {
          runId: run.id,
          verdict: {
            id: 'still-descending',
            summary: 'The loss is still falling.',
            detail: 'Drift −2 %.',
            weakestLink: null,
          },
          diagnosis: {},
          computedAtMs: 0,
          isCached: false,
        },
      ],
      elapsedMs: 1,
    }),
    'training.control': ({ action }) => ({ message: `asked to ${action}` }),
    ...handlers,
  })
  mounted = await mountInApp(RunView, bridge, { workspace: '/workspace' })
  await flushPromises()
  return { page: mounted, bridge }
}

afterEach(() => {
  mounted?.unmount()
  mounted = undefined
  window.location.hash = ''
})

const live = fakeRun('live', { status: 'running', steps: 400, plannedSteps: 1000 })

describe('RunView', () => {
  it('shows a live run: state, progress, panels, verdict so far, and what can be asked of it', async () => {
    const { page } = await show(live)
    const text = page.wrapper.text()
    expect(text).toContain('Training')
    expect(text).toContain('Verdict so far')
    expect(text).toContain('The loss is still falling.')
    expect(page.wrapper.find('[role="progressbar"]').attributes('aria-valuenow')).toBe('40')
    expect(page.wrapper.findAll('.chart-panel h3').map((title) => title.text())).toEqual(['Loss', 'Gradient norm ‖∇𝑓‖'])
    expect(page.wrapper.findAll('.actions .button').map((button) => button.text())).toEqual([
      'Probe now',
      'PauseP',
      'Stop after checkpoint',
      'DiagnoseD',
    ])
  })

  it('pauses with P and says what the worker answered', async () => {
    const { page, bridge } = await show(live)
    await page.press('p')
    expect(bridge.callsOf('training.control')).toEqual([{ workspace: '/workspace', runId: 'live', action: 'pause' }])
    expect(page.context.toasts.toasts.value.map((toast) => toast.text)).toContain('asked to pause')
  })

  it('reads its series again when new points come', async () => {
    const { page, bridge } = await show(live)
    const before = bridge.callsOf('series.read').length
    bridge.changeRuns({
      changed: [{ ...live, steps: 410, pointCount: 13_000, metrics: { 'probe/loss': fakeMetric(1) } }],
    })
    await flushPromises()
    expect(bridge.callsOf('series.read').length).toBeGreaterThan(before)
    expect(page.wrapper.text()).toContain('410')
  })

  it('offers nothing to control on an imported run', async () => {
    const { page } = await show(fakeRun('csv', { source: 'imported', plannedSteps: null }))
    expect(page.wrapper.findAll('.actions .button').map((button) => button.text())).toEqual(['CompareC', 'DiagnoseD'])
    expect(page.wrapper.find('[role="progressbar"]').exists()).toBe(false)
  })

  it('says in one line why a run cannot be read', async () => {
    const { page } = await show(live, {
      'runs.get': () => {
        throw new Error('The run file ends early')
      },
    })
    expect(page.wrapper.find('[role="alert"]').text()).toContain('The run file ends early')
  })
})
