import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { RunDiagnosis } from '../../../src-core/diagnostics/verdict/verdictTypes.ts'
import DiagnoseView from '../../../src-renderer/features/diagnose/DiagnoseView.vue'
import { ErgoscopeError } from '../../../src-shared/errors.ts'
import { createFakeBridge, type FakeHandlers } from '../fakeBridge.ts'
import { fakeRun } from '../fakeRuns.ts'
import { mountInApp, type MountedInApp } from '../mountInApp.ts'
import { defaultMargins } from '#core/diagnostics/results/margins.ts'
import { diagnoseAcrossRuns } from '#core/diagnostics/acrossRuns/diagnoseAcrossRuns.ts'
import { quadraticObservables, diagnosedQuadratic } from './diagnosedRuns.ts'

// happy-dom has no canvas: what would be drawn is tested on the option builders.
vi.mock('../../../src-renderer/charts/EChart.vue', () => ({
  default: { props: ['build', 'description'], template: '<div class="echart" :aria-label="description"></div>' },
}))

const diagnoses: Record<string, RunDiagnosis> = {
  settled: diagnosedQuadratic('settled'),
  changed: diagnosedQuadratic('changed', {
    segments: [0, 2000].map((from) => ({
      from,
      to: from + 1999,
      hyperparameters: { learningRate: from === 0 ? 0.1 : 0.01 },
    })),
  }),
}

function diagnose({ runIds }: { runIds: string[] }) {
  const [runId = ''] = runIds
  const diagnosis = diagnoses[runId]
  if (!diagnosis) throw new ErgoscopeError('not-found', 'The run file ends early')
  const { id, summary, detail, weakestLink } = diagnosis.verdict
  return {
    diagnoses: [{ runId, verdict: { id, summary, detail, weakestLink }, diagnosis, computedAtMs: 0, isCached: false }],
    elapsedMs: 12,
  }
}

const handlers: FakeHandlers = {
  'diagnostics.diagnose': diagnose,
  'runs.get': () => {
    throw new ErgoscopeError('cancelled', 'Cancelled')
  },
}

let mounted: MountedInApp | undefined

async function show(
  selected: string[],
  changes: FakeHandlers = {},
): Promise<{ page: MountedInApp; bridge: ReturnType<typeof createFakeBridge> }> {
  const runs = ['settled', 'changed', 'broken'].map((id) => fakeRun(id))
  const bridge = createFakeBridge(runs, {
    ...handlers,
    'workspace.open': ({ path }) => ({
      path,
      name: 'workspace',
      isReadOnly: false,
      runCount: runs.length,
      problems: [],
      view: {
        selectedRunIds: selected,
        colorSlots: Object.fromEntries(selected.map((id, slot) => [id, slot])),
        baselineRunId: null,
      },
      focusRunId: null,
    }),
    ...changes,
  })
  mounted = await mountInApp(DiagnoseView, bridge, { workspace: '/workspace' })
  await flushPromises()
  return { page: mounted, bridge }
}

afterEach(() => {
  mounted?.context.route.setQuery({})
  mounted?.unmount()
  mounted = undefined
})

describe('DiagnoseView', () => {
  it('says what to do when nothing is selected', async () => {
    const { page } = await show([])
    expect(page.wrapper.text()).toContain('No run is selected')
    await page.wrapper.find('button').trigger('click')
    expect(page.context.route.route.value.page).toBe('runs')
  })

  it('shows claim, chain of evidence and charts of a run', async () => {
    const { page } = await show(['settled'])
    expect(page.wrapper.find('h1').text()).toContain('The loss has settled.')
    const links = page.wrapper.findAll('.chain li')
    expect(links).toHaveLength(9)
    expect(links.filter((link) => link.classes('weakest'))).toHaveLength(1)
    expect(page.wrapper.find('#diagnostic-stationarity-gap .echart').exists()).toBe(true)
    expect(page.wrapper.find('li:has(#diagnostic-sharpness)').text()).toMatch(
      /^Sharpness\s*No sharpness was recorded; .*\.$/,
    )
  })

  it('takes over the selection of a link that is followed while the page is open', async () => {
    const { page } = await show(['settled'])
    page.context.route.follow('diagnose?runs=changed')
    await flushPromises()
    expect(page.context.workspace.selectedRuns.value.map(({ id }) => id)).toEqual(['changed'])
    expect(page.wrapper.find('.claim').text()).toContain('Several segments')
    // The sentence that leads in the terminal and in the report, then the one of the segment that is shown.
    expect(page.wrapper.find('.claim h1').text()).toBe(diagnoses['changed']?.verdict.summary)
    expect(page.wrapper.find('.claim h2').text()).toBe(diagnoses['changed']?.segments[1]?.verdict.summary)
  })

  it('says that runs of a link are not there', async () => {
    const { page } = await show(['settled'])
    page.context.route.follow('diagnose?runs=changed,gone')
    await flushPromises()
    expect(page.context.workspace.selectedRuns.value.map(({ id }) => id)).toEqual(['changed'])
    const texts = page.context.toasts.toasts.value.map(({ text }) => text)
    expect(texts).toContainEqual(expect.stringContaining('1 of the 2\u00a0runs of this link'))
  })

  it('makes the charts that only inform when they are opened', async () => {
    const { page } = await show(['settled'])
    const group = page.wrapper.find('#diagnostic-autocorrelation')
    expect(group.find('.echart').exists()).toBe(false)
    await group.find('button.fold').trigger('click')
    expect(group.findAll('.echart').length).toBeGreaterThan(0)
    const tray = page.wrapper.findAll('.diagnostic').find((one) => one.text() === 'Effective samples')
    await tray?.trigger('click')
    await flushPromises()
    expect(page.wrapper.find('#diagnostic-sample-size .content').text()).toContain('effective samples of loss')
  })

  it('steps through the evidence with E, and explains the current diagnostic with I', async () => {
    const { page } = await show(['settled'])
    await page.press('e')
    await page.press('e')
    expect(page.wrapper.find('.chain li.current').text()).toContain('Enough samples')
    await page.press('i')
    expect(page.wrapper.find('.pane h2').text()).toBe('Effective samples')
    expect(page.wrapper.find('.pane math').exists()).toBe(true)
    await page.press('E', { shiftKey: true })
    expect(page.wrapper.find('.pane h2').text()).toBe('Divergence')
    await page.press('Escape')
    expect(page.wrapper.find('.pane').exists()).toBe(false)
  })

  it('gives every segment its own verdict and a choice between them', async () => {
    const { page } = await show(['changed'])
    expect(page.wrapper.find('.claim').text()).toContain('Several segments')
    const [first] = page.wrapper.findAll('.picker button')
    await first?.trigger('click')
    expect(page.context.route.route.value.query).toEqual({ run: 'changed', segment: '1' })
    expect(page.wrapper.find('.claim').text()).toContain('1 of 2')
  })

  it('has the engine write a report where the user chose, and says where it is or why not', async () => {
    let answer = (path: string): { path: string; bytes: number } => ({ path, bytes: 10 })
    const { page, bridge } = await show(['settled'], { 'diagnostics.report': ({ path }) => answer(path) })
    await page.context.settings.update({ margins: { lossDriftOfMean: 0.05 } })
    const toasts = (): string[] => page.context.toasts.toasts.value.map(({ text }) => text)
    const press = async (): Promise<void> => {
      await page.wrapper
        .findAll('.claim button')
        .find((button) => button.text() === 'Report')
        ?.trigger('click')
      await flushPromises()
    }
    await press()
    const path = '/home/user/diagnosis-settled.html'
    expect(bridge.callsOf('diagnostics.report')).toEqual([
      { workspace: '/workspace', runIds: ['settled'], margins: { lossDriftOfMean: 0.05 }, path },
    ])
    expect(toasts()).toContain(`Wrote the report to ${path}`)
    answer = () => {
      throw new ErgoscopeError('disk-full', 'no space left')
    }
    await press()
    expect(toasts()).toContain('no space left')
  })

  it('keeps the other runs when one cannot be diagnosed', async () => {
    const { page } = await show(['broken', 'settled'])
    expect(page.wrapper.find('[role="alert"]').text()).toContain('The run file ends early')
    await page.wrapper.findAll('.run')[1]?.trigger('click')
    await flushPromises()
    expect(page.wrapper.find('h1').text()).toContain('The loss has settled.')
  })

  it('shows progress, and can be cancelled', async () => {
    const { page, bridge } = await show(['settled'], { 'diagnostics.diagnose': () => new Promise(() => undefined) })
    expect(page.wrapper.find('progress').exists()).toBe(true)
    const cancel = vi.spyOn(bridge, 'cancel')
    await page.wrapper.find('.progress button').trigger('click')
    expect(cancel).toHaveBeenCalledTimes(1)
  })

  it('diagnoses again with a changed margin', async () => {
    const { page, bridge } = await show(['settled'])
    await page.wrapper.findAll('.tray h3 button').at(-1)?.trigger('click')
    expect(page.wrapper.findAll('.tray input').length).toBe(Object.keys(defaultMargins).length)
    const input = page.wrapper.find<HTMLInputElement>('#margin-lossDriftOfMean')
    input.element.value = '5'
    await input.trigger('change')
    await flushPromises()
    expect(bridge.callsOf('diagnostics.diagnose').at(-1)).toMatchObject({
      runIds: ['settled'],
      margins: { lossDriftOfMean: 0.05 },
    })
    expect(page.wrapper.findAll('.tray .row.changed')).toHaveLength(1)
    await page.wrapper.findAll('.tray h3 button').at(0)?.trigger('click')
    await flushPromises()
    expect(bridge.callsOf('diagnostics.diagnose').at(-1)).toMatchObject({ runIds: ['settled'], margins: {} })
  })

  it('keeps the last diagnosis while a newer one is computed, says so, and lets it be stopped', async () => {
    let isSlow = false
    const { page, bridge } = await show(['settled'], {
      'diagnostics.diagnose': (request) => (isSlow ? new Promise(() => undefined) : diagnose(request)),
    })
    expect(page.wrapper.find('.notice').exists()).toBe(false)
    isSlow = true
    await page.context.settings.update({ margins: { lossDriftOfMean: 0.05 } })
    await flushPromises()
    expect(page.wrapper.find('h1').text()).toContain('The loss has settled.')
    expect(page.wrapper.find('.notice progress').exists()).toBe(true)
    const cancel = vi.spyOn(bridge, 'cancel')
    await page.wrapper.find('.notice button').trigger('click')
    expect(cancel).toHaveBeenCalled()
  })

  it('says that other seeds could not be diagnosed instead of calling one seed all there is', async () => {
    location.hash = '#/diagnose?run=settled&runs=settled,broken'
    const runs = ['settled', 'broken'].map((id, seed) => fakeRun(id, { seed, group: 'seeds' }))
    const acrossRuns = diagnoseAcrossRuns([
      { observables: quadraticObservables('settled'), diagnosis: diagnosedQuadratic('settled') },
    ])
    const bridge = createFakeBridge(runs, {
      ...handlers,
      'diagnostics.diagnose': (request) => ({ ...diagnose(request), acrossRuns }),
    })
    mounted = await mountInApp(DiagnoseView, bridge, { workspace: '/workspace' })
    await flushPromises()
    expect(mounted.wrapper.find('.found').text()).toContain('across seeds: 1 more not diagnosed')
  })

  it('says that the runs are being compared until they are, and why they are not', async () => {
    location.hash = '#/diagnose?run=settled&runs=settled,other'
    const runs = ['settled', 'other'].map((id, seed) => fakeRun(id, { seed, group: 'seeds' }))
    diagnoses['other'] = diagnosedQuadratic('other')
    let fail: (error: Error) => void = () => undefined
    const bridge = createFakeBridge(runs, {
      ...handlers,
      'diagnostics.diagnose': (request) =>
        request.runIds.length > 1 ? new Promise((_, reject) => (fail = reject)) : diagnose(request),
    })
    mounted = await mountInApp(DiagnoseView, bridge, { workspace: '/workspace' })
    await flushPromises()
    expect(mounted.wrapper.find('.found [role=status]').text()).toBe('comparing 2 runs …')
    fail(new Error('the file is gone'))
    await flushPromises()
    expect(mounted.wrapper.find('.found [role=status]').text()).toContain('not compared: ')
  })

  it('leads with the finding between experiments, and says whose verdict follows', async () => {
    location.hash = '#/diagnose?run=settled&runs=settled,slow'
    const runs = ['settled', 'slow'].map((id, seed) => fakeRun(id, { seed, config: { learning_rate: 0.1 + seed } }))
    const optionsOf = (index: number) => ({
      seed: index + 1,
      segments: [{ from: 0, to: 3999, hyperparameters: { learningRate: 0.1 + index } }],
    })
    diagnoses['slow'] = diagnosedQuadratic('slow', optionsOf(1))
    const acrossRuns = diagnoseAcrossRuns(
      ['settled', 'slow'].map((name, index) => ({
        observables: quadraticObservables(name, optionsOf(index)),
        diagnosis: diagnosedQuadratic(name, optionsOf(index)),
      })),
    )
    expect(acrossRuns.groups).toHaveLength(2)
    const bridge = createFakeBridge(runs, {
      ...handlers,
      'diagnostics.diagnose': (request) => ({ ...diagnose(request), acrossRuns }),
    })
    mounted = await mountInApp(DiagnoseView, bridge, { workspace: '/workspace' })
    await flushPromises()
    expect(mounted.wrapper.find('.claim h1').text()).toBe(acrossRuns.verdict.summary)
    expect(mounted.wrapper.find('.claim h1').text()).toContain('These are 2 experiments.')
    expect(mounted.wrapper.find('.claim .found').text()).toContain('settled')
    expect(mounted.wrapper.find('.claim h2').text()).toContain('The loss has settled.')
  })

  it('takes the selection of a link, and compares seeds with each other', async () => {
    location.hash = '#/diagnose?run=first&runs=first,second'
    diagnoses['first'] = diagnosedQuadratic('first')
    diagnoses['second'] = diagnosedQuadratic('second', { seed: 2 })
    const runs = ['first', 'second'].map((id, seed) => fakeRun(id, { seed, group: 'seeds' }))
    const acrossRuns = diagnoseAcrossRuns(
      [quadraticObservables('first'), quadraticObservables('second', { seed: 2 })].map((observables) => ({
        observables,
        diagnosis: diagnosedQuadratic(observables.name, observables.name === 'second' ? { seed: 2 } : {}),
      })),
    )
    const bridge = createFakeBridge(runs, {
      ...handlers,
      'diagnostics.diagnose': (request) => ({
        ...diagnose(request),
        ...(request.runIds.length > 1 ? { acrossRuns } : {}),
      }),
    })
    mounted = await mountInApp(DiagnoseView, bridge, { workspace: '/workspace' })
    await flushPromises()
    expect(mounted.context.workspace.view.value.selectedRunIds).toEqual(['first', 'second'])
    const link = mounted.wrapper.findAll('.chain li').at(-1)?.text()
    expect(link).toContain('Seeds agree')
    expect(link).toContain('R̂ = 1.0')
    expect(link).toContain('limit 1.05')
    expect(mounted.wrapper.find('#diagnostic-seeds').text()).toContain('cannot be said')
    expect(mounted.wrapper.find('.found').text()).toContain('across seeds: cannot say')
    expect(mounted.wrapper.find('section.unsaid').text()).toContain('with 2 runs; 4 are needed')
    const panel = mounted.wrapper.findAll('.chart-panel').find((one) => one.text().includes('Map of the runs'))
    expect(panel?.text()).toContain('2 runs, stress')
    const toMatrix = panel?.findAll('button').find((button) => button.text() === 'Matrix')
    await toMatrix?.trigger('click')
    expect(panel?.text()).toContain('1 first, 2 second')
  })
})
