import { metricsOfRole } from '#core/runs/leadingMetric.ts'
import type { RunRow } from '#shared/run.ts'
import { horizontalAxisSchema, type HorizontalAxis } from '#shared/contract/series.ts'
import { leadingPanels, metricOfPanel, phasePanel, rolePanel } from './comparePanels.ts'

export type SeedDisplay = 'range' | 'interval' | 'each'

/** What the page shows beside the selection: lives in the address, so that a link reproduces the view. */
export interface CompareState {
  /** Metric names, panels of a role, and `phasePanel` for the phase plot. */
  readonly panels: readonly string[]
  readonly axis: HorizontalAxis
  readonly isLogarithmicX: boolean
  /** Panels with a logarithmic vertical axis. */
  readonly logarithmicPanels: readonly string[]
  /** Weight of the moving average; 0 for none. */
  readonly smoothing: number
  readonly seeds: SeedDisplay
}

export const defaultSmoothing = 0.85

const logarithmicRoles = ['gradient_norm', 'gradient_norm_squared', 'sharpness']
const logarithmicRolePanels = [rolePanel('gradientNorm'), rolePanel('gradientNormSquared'), rolePanel('sharpness')]
/** From this ratio of the largest to the smallest positive value on, a metric begins logarithmic: a diverged run would flatten all others. */
const logarithmicRatio = 1e12

/** Metrics whose vertical axis begins logarithmic: gradient norms, sharpness, and what spans many orders of magnitude over the selected runs. */
export function defaultLogarithmic(runs: readonly Pick<RunRow, 'metrics'>[]): string[] {
  const panels = new Set([rolePanel('loss'), ...runs.flatMap((run) => Object.keys(run.metrics))])
  const spanning = [...panels].filter((panel) => {
    const summaries = runs.flatMap((run) => run.metrics[metricOfPanel(panel, run) ?? ''] ?? [])
    const low = Math.min(...summaries.map((summary) => summary.min))
    const high = Math.max(...summaries.map((summary) => summary.max))
    return low > 0 && high / low > logarithmicRatio
  })
  const byRole = runs.flatMap(({ metrics }) => logarithmicRoles.flatMap((role) => metricsOfRole(metrics, role)))
  return [...new Set([...byRole, ...logarithmicRolePanels, ...spanning])]
}

/** Panels for a first look: loss, gradient norm, sharpness and the phase plot, as far as the runs recorded them; else the first metrics. */
export function defaultPanels(
  runs: readonly Pick<RunRow, 'metrics'>[],
  available: readonly string[],
  hasPhase: boolean,
): string[] {
  const preferred = [...leadingPanels(runs), ...(hasPhase ? [phasePanel] : [])]
  return preferred.length > 0 ? preferred : available.slice(0, 4)
}

const axes: readonly string[] = horizontalAxisSchema.options

function isAxis(text: string | undefined): text is HorizontalAxis {
  return text !== undefined && axes.includes(text)
}

const list = (text: string | undefined): string[] => (text ?? '').split(',').filter((name) => name !== '')

/** Reads the state from an address; anything missing or not understood has its default. */
export function parseCompareQuery(
  query: Readonly<Record<string, string>>,
  defaults: { readonly panels: readonly string[]; readonly logarithmic: readonly string[] },
): CompareState {
  const smoothing = Number(query['smooth'] ?? 0)
  const seeds = query['seeds']
  return {
    panels: query['panels'] === undefined ? defaults.panels : list(query['panels']),
    axis: isAxis(query['x']) ? query['x'] : 'step',
    isLogarithmicX: query['log'] === 'x',
    logarithmicPanels: query['logy'] === undefined ? defaults.logarithmic : list(query['logy']),
    smoothing: smoothing > 0 && smoothing < 1 ? smoothing : 0,
    seeds: seeds === 'interval' || seeds === 'each' ? seeds : 'range',
  }
}

/** The inverse of `parseCompareQuery`; `runIds` makes the link carry the selection. */
export function formatCompareQuery(state: CompareState, runIds: readonly string[] = []): Record<string, string> {
  return {
    ...(runIds.length > 0 ? { runs: runIds.join(',') } : {}),
    panels: state.panels.join(','),
    x: state.axis,
    ...(state.isLogarithmicX ? { log: 'x' } : {}),
    logy: state.logarithmicPanels.filter((name) => state.panels.includes(name)).join(','),
    ...(state.smoothing > 0 ? { smooth: String(state.smoothing) } : {}),
    ...(state.seeds === 'range' ? {} : { seeds: state.seeds }),
  }
}
