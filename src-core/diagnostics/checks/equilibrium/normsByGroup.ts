import { formatInterval } from '../../../format/formatEstimate.ts'
import { ratioInterval } from '../../../statistics/ratioInterval.ts'
import type { ForestChart, NamedNumber } from '../../results/diagnosticResult.ts'
import { measureGroup, type MeasuredNorms } from './measureNorms.ts'
import { freeGrowthOfNorm4 } from './normGrowth.ts'
import { equilibriumNorm4 } from './equilibriumNorm4.ts'
import type { Hyperparameters } from '../../observables/observables.ts'
import type { SegmentContext } from '../segmentContext.ts'
import { mean } from '../../../statistics/moments.ts'

/** A group whose weights are scale-invariant: predicted over actual ‖θ‖⁴, without weight decay measured over predicted growth, with its 95 % interval. */
export interface GroupNorm {
  readonly name: string
  readonly measured: MeasuredNorms
  readonly estimate: number
  readonly low: number
  readonly high: number
}

export interface NormsByGroup {
  readonly invariant: readonly GroupNorm[]
  /** The groups that are not judged, and why. */
  readonly others: readonly { readonly name: string; readonly reason: string }[]
}

/** Equilibrium of each group (layer) by itself: scale invariance is a property of the weights ahead of one normalisation, seldom of all. */
export function normsByGroup({ judged, range }: SegmentContext): NormsByGroup {
  const found = (judged.weightGroups ?? []).map((group) => ({
    name: group.name,
    measured: measureGroup(group, range.hyperparameters),
  }))
  return {
    invariant: found.flatMap(({ name, measured }) =>
      typeof measured === 'string' ? [] : [{ name, measured, ...groupRatio(measured, range.hyperparameters) }],
    ),
    others: found.flatMap(({ name, measured }) => (typeof measured === 'string' ? [{ name, reason: measured }] : [])),
  }
}

function groupRatio(
  { norm4, scaled, steps }: MeasuredNorms,
  rule: Hyperparameters,
): Pick<GroupNorm, 'estimate' | 'low' | 'high'> {
  const {
    mean: estimate,
    low,
    high,
  } = rule.weightDecay === 0
    ? ratioInterval(
        changesPerStep(norm4, steps),
        scaled.subarray(1).map((value) => freeGrowthOfNorm4(rule, value)),
      )
    : ratioInterval(
        scaled.map((value) => equilibriumNorm4(rule, value)),
        norm4,
      )
  return { estimate, low, high }
}

function changesPerStep(values: Float64Array, steps: Float64Array): Float64Array {
  return values
    .subarray(1)
    .map((value, i) => (value - (values[i] ?? Number.NaN)) / ((steps[i + 1] ?? Number.NaN) - (steps[i] ?? Number.NaN)))
}

/** The group that is farthest from equilibrium; undefined without one. */
export function farthestGroup({ invariant }: NormsByGroup): GroupNorm | undefined {
  return invariant.toSorted((a, b) => Math.abs(b.estimate - 1) - Math.abs(a.estimate - 1))[0]
}

/** `dense_1 1.02 [0.98, 1.06]; not judged: output (the weights are not scale-invariant: cosine with the gradient 0.2, at most 0.001)` */
export function groupText({ invariant, others }: NormsByGroup): string {
  const found = invariant.map(({ name, estimate, low, high }) => `${name} ${formatInterval(estimate, low, high)}`)
  return [
    found.join(', '),
    ...(others.length > 0 ? [`not judged: ${others.map(({ name, reason }) => `${name} (${reason})`).join(', ')}`] : []),
  ].join('; ')
}

/** The numbers of each judged group for tables. */
export function groupDetails({ invariant }: NormsByGroup, { weightDecay }: Hyperparameters): NamedNumber[] {
  const quantity = weightDecay === 0 ? 'measured over predicted growth' : 'predicted over actual'
  return invariant.flatMap(({ name, measured, estimate }) => [
    { label: `‖θ‖ of ${name}`, value: mean(measured.norm4) ** 0.25, unit: '' },
    { label: `${quantity} of ${name}`, value: estimate, unit: '' },
    { label: `cosine between weights and gradient of ${name} (rms)`, value: measured.cosine, unit: '' },
    { label: `points of ${name}`, value: measured.sampleSize, unit: '' },
  ])
}

/** One row a group, with the band of equilibrium, ±`limit` about 1 (NaN: no band); none for a single group, whose estimate is the result itself. */
export function groupChart({ invariant }: NormsByGroup, xName: string, limit: number): ForestChart[] {
  if (invariant.length < 2) return []
  return [
    {
      kind: 'forest',
      title: 'By layer',
      xName,
      rows: invariant.map(({ name, estimate, low, high }) => ({
        label: name,
        estimate,
        low,
        high,
        isReference: false,
      })),
      marginLow: 1 - limit,
      marginHigh: 1 + limit,
      sampleSize: Math.min(...invariant.map(({ measured }) => measured.sampleSize)),
    },
  ]
}
