import { describe, expect, it } from 'vitest'
import {
  defaultLogarithmic,
  defaultPanels,
  formatCompareQuery,
  parseCompareQuery,
  type CompareState,
} from '../../../src-renderer/features/compare/compareQuery.ts'
import { metricOfPanel, panelTitle, phasePanel } from '../../../src-renderer/features/compare/comparePanels.ts'
import { fakeMetric } from '../fakeRuns.ts'
import { phaseMetrics } from '../../../src-renderer/features/compare/phaseMetrics.ts'

const state: CompareState = {
  panels: ['probe/loss', phasePanel],
  axis: 'epoch',
  isLogarithmicX: true,
  logarithmicPanels: ['probe/loss'],
  smoothing: 0.97,
  seeds: 'interval',
}

const defaults = { panels: ['loss'], logarithmic: ['loss'] }

describe('the address of the compare page', () => {
  it('holds the whole state', () => {
    expect(parseCompareQuery(formatCompareQuery(state), defaults)).toEqual(state)
    const none: CompareState = {
      panels: [],
      axis: 'step',
      isLogarithmicX: false,
      logarithmicPanels: [],
      smoothing: 0,
      seeds: 'range',
    }
    expect(parseCompareQuery(formatCompareQuery(none), defaults)).toEqual(none)
  })

  it('carries the selection when asked to', () => {
    expect(formatCompareQuery(state, ['a', 'b'])['runs']).toBe('a,b')
  })

  it('falls back to defaults for what is missing or makes no sense', () => {
    expect(parseCompareQuery({ x: 'metric', smooth: '7', seeds: 'none' }, defaults)).toMatchObject({
      panels: ['loss'],
      logarithmicPanels: ['loss'],
      axis: 'step',
      smoothing: 0,
      seeds: 'range',
    })
  })
})

describe('defaultPanels', () => {
  it('shows loss, gradient norm, sharpness and the phase plot where they were recorded', () => {
    const names = ['probe/gradient_norm', 'probe/sharpness', 'train/loss']
    const metrics = Object.fromEntries(names.map((name) => [name, fakeMetric(1)]))
    expect(defaultPanels([{ metrics }], names, true)).toEqual([
      'train/loss',
      'probe/gradient_norm',
      'probe/sharpness',
      phasePanel,
    ])
  })

  it('shows the first metrics of runs that recorded nothing known', () => {
    expect(defaultPanels([{ metrics: {} }], ['a', 'b', 'c', 'd', 'e'], false)).toEqual(['a', 'b', 'c', 'd'])
  })

  it('shows what plays a role, whatever it is named, in one panel', () => {
    const imported = {
      gnorm: { ...fakeMetric(1), role: 'gradient_norm' },
      myloss: { ...fakeMetric(1), role: 'loss,accuracy' },
    }
    expect(defaultPanels([{ metrics: imported }], ['gnorm', 'myloss'], true)).toEqual(['myloss', 'gnorm', phasePanel])
    const trained = { 'probe/loss': fakeMetric(1) }
    const runs = [{ metrics: imported }, { metrics: trained }]
    expect(defaultPanels(runs, [], false)).toEqual(['role:loss', 'gnorm'])
    expect(runs.map((run) => metricOfPanel('role:loss', run))).toEqual(['myloss', 'probe/loss'])
    expect(panelTitle('role:loss', runs)).toEqual({ title: 'Loss', symbol: '', definition: 'myloss, probe/loss' })
    expect(runs.map((run) => metricOfPanel('gnorm', run))).toEqual(['gnorm', undefined])
    const both = {
      norm: { ...fakeMetric(1), role: 'gradient_norm' },
      square: { ...fakeMetric(1), role: 'gradient_norm_squared' },
    }
    const square = { fullg2: { ...fakeMetric(1), role: 'gradient_norm_squared' } }
    expect(defaultPanels([{ metrics: both }, { metrics: square }], [], false)).toEqual(['role:gradientNormSquared'])
    expect(defaultPanels([{ metrics: imported }, { metrics: square }], [], false)).toEqual([
      'myloss',
      'gnorm',
      'fullg2',
    ])
    expect(runs.map((run) => metricOfPanel('role:other', run))).toEqual([undefined, undefined])
  })
})

describe('defaultLogarithmic', () => {
  it('takes what spans many orders of magnitude over all runs, and nothing that reaches zero', () => {
    const metrics = (low: number, high: number) => ({ metrics: { loss: { ...fakeMetric(1), min: low, max: high } } })
    expect(defaultLogarithmic([metrics(1e-13, 1), metrics(1, 2)])).toContain('loss')
    expect(defaultLogarithmic([metrics(0, 1), metrics(1, 1e9)])).not.toContain('loss')
    expect(defaultLogarithmic([metrics(1e-3, 1)])).not.toContain('loss')
    expect(defaultLogarithmic([metrics(1e-13, 1)])).toContain('role:loss')
  })
})

describe('phaseMetrics', () => {
  it('needs a loss and a gradient norm', () => {
    const metricsOf = (...names: string[]) => ({
      metrics: Object.fromEntries(names.map((name) => [name, fakeMetric(1)])),
    })
    expect(phaseMetrics(metricsOf('train/loss', 'probe/loss', 'probe/gradient_norm'))).toEqual({
      loss: 'probe/loss',
      gradientNorm: 'probe/gradient_norm',
      isSquared: false,
    })
    expect(phaseMetrics(metricsOf('loss', 'gradient_norm_squared'))).toEqual({
      loss: 'loss',
      gradientNorm: 'gradient_norm_squared',
      isSquared: true,
    })
    expect(phaseMetrics(metricsOf('train/loss'))).toBeNull()
  })
})
