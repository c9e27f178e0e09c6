import { weightGroupRoles, type ScalarSeries, type WeightGroup, type WeightGroupRole } from './observables.ts'

/** Every series of every group replaced. */
export function mapWeightGroups(
  groups: readonly WeightGroup[],
  replace: (series: ScalarSeries, role: WeightGroupRole, group: string) => ScalarSeries,
): WeightGroup[] {
  return groups.map(({ name, series }) => ({
    name,
    series: {
      weight_norm: replace(series.weight_norm, 'weight_norm', name),
      gradient_norm: replace(series.gradient_norm, 'gradient_norm', name),
      weights_dot_gradient: replace(series.weights_dot_gradient, 'weights_dot_gradient', name),
      stochastic_gradient_norm_squared: replace(
        series.stochastic_gradient_norm_squared,
        'stochastic_gradient_norm_squared',
        name,
      ),
    },
  }))
}

/** Name of the metric that records it, in our own training and in imports: `probe/layer/dense_1/weight_norm`. */
const metricPattern = new RegExp(`^probe/layer/(.+)/(${weightGroupRoles.join('|')})$`)

/** The groups of which every series was recorded, in the order of the metrics. */
export function findWeightGroups(
  metricNames: readonly string[],
  seriesOf: (metricName: string) => ScalarSeries | null,
): WeightGroup[] {
  const names = new Set(metricNames.flatMap((metric) => metricPattern.exec(metric)?.[1] ?? []))
  return [...names].flatMap((name) => {
    const [weight, gradient, product, stochastic] = weightGroupRoles.map((role) => {
      const metric = `probe/layer/${name}/${role}`
      return metricNames.includes(metric) ? seriesOf(metric) : null
    })
    if (!weight || !gradient || !product || !stochastic) return []
    const series = {
      weight_norm: weight,
      gradient_norm: gradient,
      weights_dot_gradient: product,
      stochastic_gradient_norm_squared: stochastic,
    }
    return [{ name, series }]
  })
}
