import type { ObservableRole, RunObservables, ScalarSeries } from './observables.ts'

/** What a judged series is: its margins and its place in the verdict depend on it. */
export type ObservableKind = 'loss' | 'gap' | 'weight-norm' | 'weights' | 'function-outputs' | 'other'

/** Roles whose series have a law of their own; the others (a learning rate, a sharpness) only explain it. */
export const lawRoles: readonly ObservableRole[] = [
  'loss',
  'gradient',
  'gradient_norm',
  'gradient_norm_squared',
  'decayed_gradient_norm_squared',
  'weight_norm_squared',
  'weights',
  'function_outputs',
]

/** Scalar series that carry a law of their own: loss, ‖∇f‖², ‖θ‖²; the unnamed ones only when nothing has a role. */
export function primarySeries(run: RunObservables): { name: string; kind: ObservableKind; series: ScalarSeries }[] {
  const { loss, gradient_norm_squared, weight_norm_squared } = run.scalars
  const named = [
    { name: 'loss', kind: 'loss' as const, series: loss },
    { name: '‖∇f‖²', kind: 'gap' as const, series: gradient_norm_squared },
    { name: '‖θ‖²', kind: 'weight-norm' as const, series: weight_norm_squared },
  ].flatMap(({ name, kind, series }) => (series && series.steps.length > 0 ? [{ name, kind, series }] : []))
  const hasRole = named.length > 0 || run.vectors.weights !== undefined || run.vectors.function_outputs !== undefined
  return hasRole ? named : run.others.map(({ name, series }) => ({ name, kind: 'other' as const, series }))
}

/** First and last recorded step of the primary series; undefined when nothing was recorded. */
export function recordedRange(run: RunObservables): { from: number; to: number } | undefined {
  const steps = [
    ...primarySeries(run).map(({ series }) => series.steps),
    ...[run.vectors.weights, run.vectors.function_outputs].flatMap((series) => (series ? [series.steps] : [])),
  ].filter((list) => list.length > 0)
  if (steps.length === 0) return undefined
  return {
    from: Math.min(...steps.map((list) => list[0] ?? 0)),
    to: Math.max(...steps.map((list) => list.at(-1) ?? 0)),
  }
}
