import { describe, expect, it } from 'vitest'
import type { MetricInfo, RunDetail, RunRow, Segment } from '#shared/run.ts'
import { probeCosts } from '../../../src-renderer/features/run/probeCosts.ts'
import { runControls } from '../../../src-renderer/features/run/runControls.ts'
import { runPanels } from '../../../src-renderer/features/run/runPanels.ts'
import { liveEnd, runPlot } from '../../../src-renderer/features/run/runPlot.ts'
import { epochs, labelledMarks, runProgress, timeLeftMs } from '../../../src-renderer/features/run/runProgress.ts'
import { fakeSeries } from '../fakeBridge.ts'
import { fakeRun } from '../fakeRuns.ts'

const metric = (name: string, rest: Partial<MetricInfo> = {}): MetricInfo => ({
  name,
  kind: 'scalar',
  dimension: 1,
  unit: '',
  description: '',
  role: null,
  ...rest,
})
const segment = (from: number, to: number | null, learningRate: number): Segment => ({
  from,
  to,
  learningRate,
  momentum: 0.9,
  nesterov: false,
  weightDecay: 0,
  batchSize: 128,
  sampling: 'iid',
})
const detail = (run: Partial<RunRow> = {}, rest: Partial<RunDetail> = {}): RunDetail => ({
  run: fakeRun('a', {
    status: 'running',
    source: 'trained',
    steps: 400,
    plannedSteps: 1000,
    isReadOnly: false,
    ...run,
  }),
  metrics: [],
  segments: [segment(0, null, 0.1)],
  events: [],
  checkpoints: [],
  versions: {},
  host: '',
  attempts: 1,
  recipeYaml: null,
  ...rest,
})

describe('runPanels', () => {
  it('joins what belongs together and folds away what has a place elsewhere', () => {
    const panels = runPanels(
      [
        'probe/loss',
        'train/loss',
        'cost/sharpness_ms',
        'probe/noise_trace',
        'probe/gradient_norm',
        'probe/layer/a/gradient_norm',
        'probe/lambda_min',
      ].map((name) => metric(name)),
    )
    expect(panels.map((panel) => [panel.id, panel.lines.map((line) => line.metric), panel.isFurther])).toEqual([
      ['loss', ['train/loss', 'probe/loss'], false],
      ['gradient', ['probe/gradient_norm', 'probe/noise_trace'], false],
      ['probe/lambda_min', ['probe/lambda_min'], true],
    ])
    expect(panels[0]?.isWide).toBe(true)
  })

  it('shows every metric of an imported run, the loss first', () => {
    const panels = runPanels([metric('a'), metric('b', { role: 'loss' }), metric('v', { kind: 'vector' })])
    expect(panels.map((panel) => [panel.title, panel.definition, panel.isFurther])).toEqual([
      ['b', 'loss', false],
      ['a', '', false],
    ])
  })
})

describe('runPlot', () => {
  const [spec] = runPanels([metric('probe/sharpness')])
  const series = [fakeSeries({ runId: 'a', metric: 'probe/sharpness' }, 10)]

  it('draws the stability threshold of heavy ball, the range ahead and where the run is now', () => {
    const plot = spec ? runPlot(spec, series, detail(), { isLogarithmic: true, zoom: null }) : null
    expect(plot?.references?.map(({ axis, at }) => [axis, Math.round(at * 1e6) / 1e6])).toEqual([
      ['y', 38],
      ['x', 399],
    ])
    expect(plot?.x.range).toEqual([0, 500])
    expect(plot?.lines[0]?.hasTail).toBe(true)
  })

  it('breaks averages at segment borders and names the segments by their learning rate', () => {
    const stepped = detail({ status: 'finished' }, { segments: [segment(0, 200, 0.1), segment(200, 400, 0.01)] })
    const plot = spec
      ? runPlot(
          spec,
          series.map((one) => ({ ...one, smoothed: one.last })),
          stepped,
          { isLogarithmic: false, zoom: null },
        )
      : null
    expect(plot?.lines[0]?.breaks).toEqual([200])
    expect(plot?.segments?.map((one) => one.label)).toEqual(['η 0.1', 'η 0.01'])
    expect(plot?.x.range).toEqual([0, 400])
  })

  it('begins an import where it begins, unless that is near step 0', () => {
    const late = (from: number) =>
      series.map((one) => ({ ...one, x: one.x.map((x) => from + x), steps: one.steps.map((x) => from + x) }))
    const rangeOf = (from: number, source: 'imported' | 'trained') =>
      spec &&
      runPlot(spec, late(from), detail({ status: 'finished', source }), { isLogarithmic: false, zoom: null }).x.range
    expect(rangeOf(200, 'imported')).toEqual([200, 400])
    expect(rangeOf(40, 'imported')).toEqual([0, 400])
    expect(rangeOf(200, 'trained')).toEqual([0, 400])
  })

  it('begins the diverged range at the first non-finite step', () => {
    const bad = [
      {
        ...fakeSeries({ runId: 'a', metric: 'probe/sharpness' }, 10),
        nonFinite: {
          nanCount: 2,
          positiveInfinityCount: 0,
          negativeInfinityCount: 0,
          firstStep: 7,
          x: new Float64Array([7, 8]),
        },
      },
    ]
    const plot = spec ? runPlot(spec, bad, detail(), { isLogarithmic: false, zoom: null }) : null
    expect(plot?.nonFinite).toEqual({ x: [7, 8], from: 7 })
  })
})

describe('liveEnd', () => {
  it('stays somewhat ahead of the run, in round numbers, and ends where the run will', () => {
    expect([400, 1000, 4681, 23_000].map((steps) => liveEnd(steps, 24_000))).toEqual([500, 1500, 7000, 24_000])
    expect(liveEnd(1, null)).toBe(10)
  })
})

describe('runControls', () => {
  const checkpoints = [{ step: 300, wallTimeMs: 0, file: 'c', bytes: 1 }]

  it.each([
    ['running', { canProbe: true, canPause: true, canResume: false, canStop: true }],
    ['paused', { canProbe: false, canPause: false, canResume: true, canStop: true }],
    ['lost', { canProbe: false, canPause: false, canResume: true, canStop: false }],
    ['finished', { canProbe: false, canPause: false, canResume: false, canStop: false }],
    ['failed', { canProbe: false, canPause: false, canResume: false, canStop: false }],
  ] as const)('offers a %s run only what it can do', (status, expected) => {
    expect(runControls(detail({ status }, { checkpoints }))).toEqual(expected)
  })

  it('offers nothing for imported or read-only runs, and no resume without a checkpoint', () => {
    const nothing = { canProbe: false, canPause: false, canResume: false, canStop: false }
    expect(runControls(detail({ source: 'imported' }))).toEqual(nothing)
    expect(runControls(detail({ isReadOnly: true }))).toEqual(nothing)
    expect(runControls(detail({ status: 'killed' }))).toEqual(nothing)
  })
})

describe('progress', () => {
  it('places segments and checkpoints along the planned run', () => {
    const progress = runProgress(
      detail(
        {},
        {
          segments: [segment(0, 500, 0.1), segment(500, null, 0.01)],
          checkpoints: [{ step: 250, wallTimeMs: 0, file: 'c', bytes: 1 }],
        },
      ),
    )
    expect(progress).toEqual({
      fraction: 0.4,
      marks: [
        { at: 0, label: '0, η 0.1', kind: 'segment' },
        { at: 0.5, label: '500, η 0.01', kind: 'segment' },
        { at: 0.25, label: '250', kind: 'checkpoint' },
      ],
    })
  })

  it('has no bar when nobody knows the end', () => {
    expect(runProgress(detail({ plannedSteps: null }))).toBeNull()
  })

  it('labels marks only where they have room', () => {
    const marks = [0, 0.02, 0.5, 0.97].map((at) => ({ at, label: String(at), kind: 'checkpoint' as const }))
    expect(labelledMarks(marks, 0.1).map((mark) => mark.at)).toEqual([0, 0.5])
  })

  it('estimates the time left from step time and probe share', () => {
    expect(timeLeftMs(detail().run, 5, 0.5)).toBe(6000)
    expect(timeLeftMs(detail().run, NaN, 0)).toBeNull()
  })

  it('counts epochs where the run says how long one is', () => {
    expect(epochs(detail({ config: { 'derived.steps_per_epoch': 100 } }).run)).toEqual({ reached: 4, planned: 10 })
    expect(epochs(detail({ config: {} }).run)).toBeNull()
  })
})

describe('probeCosts', () => {
  it('shares the time between probes and steps', () => {
    const one = (name: string, mean: number, count: number) => ({
      ...fakeSeries({ runId: 'a', metric: name }, 1),
      kind: 'buckets' as const,
      mean: new Float64Array([mean]),
      counts: new Float64Array([count]),
    })
    const costs = probeCosts(
      [one('train/step_ms', 2, 10), one('cost/sharpness_ms', 50, 2), one('cost/full_gradient_ms', 10, 10)],
      400,
    )
    expect(costs).toEqual([
      { name: 'Sharpness', share: 0.1 },
      { name: 'Exact pass', share: 0.1 },
    ])
    expect(probeCosts([], 400)).toEqual([])
  })
})
