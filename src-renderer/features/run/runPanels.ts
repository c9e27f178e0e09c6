import { inWords } from '#core/format/inWords.ts'
import { metricTitle } from '#core/format/metricTitles.ts'
import type { MetricInfo, MetricSummary } from '#shared/run.ts'
import type { ColorToken } from '#figures/plot/chartTheme.ts'
import type { Transform } from '../../charts/seriesLine.ts'

export interface RunPanelLine {
  readonly metric: string
  readonly label: string
  readonly color: ColorToken
  readonly transform?: Transform
  /** Weight of the moving average; missing where every point is drawn as it is. */
  readonly smoothing?: number
}

export interface RunPanelSpec {
  readonly id: string
  readonly title: string
  readonly definition: string
  readonly lines: readonly RunPanelLine[]
  readonly isWide: boolean
  readonly isLogarithmic: boolean
  /** Zero belongs to norms squared and to everything that is compared with it. */
  readonly includesZero: boolean
  /** Shown only when all metrics are asked for. */
  readonly isFurther: boolean
  /** Whether 2(1+μ)/η is drawn. */
  readonly hasThreshold: boolean
}

const blue = '--run-1' as const
const brown = '--run-2' as const
const root: Transform = Math.sqrt

function known(names: ReadonlySet<string>): RunPanelSpec[] {
  const has = (line: RunPanelLine): boolean => names.has(line.metric)
  const panel = (id: string, title: string, lines: RunPanelLine[], rest: Partial<RunPanelSpec> = {}): RunPanelSpec => ({
    id,
    title,
    definition: rest.definition ?? '',
    lines: lines.filter(has),
    isWide: false,
    isLogarithmic: false,
    includesZero: false,
    isFurther: false,
    hasThreshold: false,
    ...rest,
  })
  const hasExactLoss = names.has('probe/loss')
  return [
    panel(
      'loss',
      'Loss',
      [
        { metric: 'train/loss', label: 'batch', color: blue, smoothing: 0.97 },
        { metric: 'probe/loss', label: 'exact', color: brown },
        { metric: 'validation/loss', label: 'validation', color: '--run-3' },
      ],
      { definition: hasExactLoss ? 'batch, and exact pass over the training set' : '', isWide: true },
    ),
    panel(
      'gradient',
      'Gradient norm ‖∇f‖',
      [
        { metric: 'probe/gradient_norm', label: 'exact pass', color: blue, smoothing: 0.9 },
        { metric: 'probe/noise_trace', label: 'noise √tr Σ', color: brown, transform: root, smoothing: 0.9 },
      ],
      { includesZero: true },
    ),
    panel('sharpness', 'Sharpness λmax', [{ metric: 'probe/sharpness', label: 'λmax', color: blue }], {
      definition: 'Lanczos',
      isLogarithmic: true,
      hasThreshold: true,
    }),
    panel('weights', 'Weight norm squared ‖θ‖²', [{ metric: 'train/weight_norm_squared', label: '‖θ‖²', color: blue }]),
    panel('accuracy', 'Accuracy', [
      { metric: 'probe/accuracy', label: 'training', color: blue },
      { metric: 'validation/accuracy', label: 'validation', color: '--run-3' },
    ]),
  ]
}

/** From this ratio of largest to smallest value on, a linear axis would show a line along its bottom. */
const decadesRatio = 2000

/** Whether a line of a panel is positive and spans several orders of magnitude: then its axis begins logarithmic. */
export function spansDecades(panel: RunPanelSpec, summaries: Readonly<Record<string, MetricSummary>>): boolean {
  return panel.lines.some((line) => {
    const summary = summaries[line.metric]
    return summary !== undefined && summary.min > 0 && summary.max / summary.min > decadesRatio
  })
}

/** Metrics that a panel of their own would not help to read: costs have a table, single layers and errors belong to other views. */
const isFolded = (name: string): boolean =>
  /^cost\/|^train\/step_ms$|^train\/learning_rate$|\/layer\/|_standard_error$|_residual$|^epoch$/.test(name)

/**
 * The panels of a run, from what it recorded: the known ones in a fixed order, then every other scalar metric by itself. A run whose metrics are all unknown
 * (an import) begins with the one that plays the loss, else with its first.
 */
export function runPanels(metrics: readonly MetricInfo[]): RunPanelSpec[] {
  const scalars = metrics.filter((metric) => metric.kind === 'scalar')
  const panels = known(new Set(scalars.map((metric) => metric.name))).filter((panel) => panel.lines.length > 0)
  const used = new Set(panels.flatMap((panel) => panel.lines.map((line) => line.metric)))
  const others = scalars
    .filter((metric) => !used.has(metric.name) && !isFolded(metric.name))
    .toSorted((a, b) => Number(b.role === 'loss') - Number(a.role === 'loss'))
    .map((metric): RunPanelSpec => {
      const { title, symbol, definition } = metricTitle(metric.name)
      return {
        id: metric.name,
        title: symbol === '' ? title : `${title} ${symbol}`,
        definition: definition || inWords(metric.role ?? '') || metric.unit,
        lines: [{ metric: metric.name, label: metric.name, color: blue }],
        isWide: false,
        isLogarithmic: false,
        includesZero: /norm_squared|trace/.test(metric.name) || /norm_squared/.test(metric.role ?? ''),
        isFurther: panels.length > 0,
        hasThreshold: metric.role === 'sharpness',
      }
    })
  const all = [...panels, ...others]
  return all.map((panel, index) => ({ ...panel, isWide: index === 0 }))
}
