import { metricTitle, type MetricTitle } from '#core/format/metricTitles.ts'
import { isLeadingQuantity, leadingMetric, type LeadingQuantity } from '#core/runs/leadingMetric.ts'
import type { RunRow } from '#shared/run.ts'

type Metrics = Pick<RunRow, 'metrics'>

/** Stands in `panels` for loss against gradient norm. */
export const phasePanel = 'phase'

const rolePrefix = 'role:'

/** A panel of what runs recorded by different names: `role:loss`. Any other panel is of the metric of its name. */
export const rolePanel = (quantity: LeadingQuantity): string => `${rolePrefix}${quantity}`

function quantityOf(panel: string): LeadingQuantity | null {
  const name = panel.startsWith(rolePrefix) ? panel.slice(rolePrefix.length) : ''
  return isLeadingQuantity(name) ? name : null
}

/** The metric that a panel shows of a run; undefined where the run recorded none. */
export function metricOfPanel(panel: string, { metrics }: Metrics): string | undefined {
  const quantity = quantityOf(panel)
  if (quantity !== null) return leadingMetric(metrics, quantity)
  return Object.hasOwn(metrics, panel) ? panel : undefined
}

/** Our own name of what a role means, for the title of its panel. */
const titledAs: Readonly<Record<LeadingQuantity, string>> = {
  loss: 'probe/loss',
  gradientNorm: 'probe/gradient_norm',
  gradientNormSquared: 'probe/gradient_norm_squared',
  noiseTrace: 'probe/noise_trace',
  sharpness: 'probe/sharpness',
}

/** Title, symbol and definition of a panel; that of a role says by which names the runs recorded it. */
export function panelTitle(panel: string, runs: readonly Metrics[]): MetricTitle {
  const quantity = quantityOf(panel)
  if (quantity === null) return metricTitle(panel)
  const names = new Set(runs.flatMap((run) => metricOfPanel(panel, run) ?? []))
  return { ...metricTitle(titledAs[quantity]), definition: [...names].join(', ') }
}

/** What a list of panels calls one: the name of its metric, in words where it has several. */
export function panelLabel(panel: string): string {
  if (panel === phasePanel) return 'loss × gradient norm'
  const quantity = quantityOf(panel)
  return quantity === null ? panel : metricTitle(titledAs[quantity]).title.toLowerCase()
}

const panelQuantities: readonly (readonly LeadingQuantity[])[] = [
  ['loss'],
  ['gradientNorm', 'gradientNormSquared'],
  ['sharpness'],
]

/** Of each quantity that runs have: the metric, where all call it the same, else the panel of its role. */
export function leadingPanels(runs: readonly Metrics[]): string[] {
  return panelQuantities.flatMap((wanted) => {
    const has = ({ metrics }: Metrics, quantity: LeadingQuantity): boolean =>
      leadingMetric(metrics, quantity) !== undefined
    const recorded = runs.filter((run) => wanted.some((quantity) => has(run, quantity)))
    const common = wanted.find((quantity) => recorded.every((run) => has(run, quantity)))
    return (common ? [common] : wanted).flatMap((quantity) => {
      const [name, ...others] = new Set(recorded.flatMap(({ metrics }) => leadingMetric(metrics, quantity) ?? []))
      return name === undefined ? [] : others.length === 0 ? [name] : [rolePanel(quantity)]
    })
  })
}
