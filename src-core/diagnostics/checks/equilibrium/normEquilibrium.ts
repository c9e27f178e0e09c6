import { formatInterval } from '../../../format/formatEstimate.ts'
import { formatNumber } from '../../../format/formatNumber.ts'
import { batchMeans } from '../../../statistics/batchMeans.ts'
import { mean } from '../../../statistics/moments.ts'
import { ratioInterval } from '../../../statistics/ratioInterval.ts'
import { alignSeries } from '../../observables/alignSeries.ts'
import { createDiagnosticResult } from '../../results/createDiagnosticResult.ts'
import type { CurveChart, DiagnosticResult, NamedNumber } from '../../results/diagnosticResult.ts'
import { freeGrowthOfNorm4, growthPerStep, rmsAngle } from './normGrowth.ts'
import { equilibriumNorm4 } from './equilibriumNorm4.ts'
import { measureNorms, type MeasuredNorms } from './measureNorms.ts'
import { farthestGroup, groupChart, groupDetails, groupText, normsByGroup, type NormsByGroup } from './normsByGroup.ts'
import type { Hyperparameters } from '../../observables/observables.ts'
import type { SegmentContext } from '../segmentContext.ts'
import { whiteNoiseNote } from '../whiteNoiseNote.ts'
import { undampedRate } from '../../observables/updateRule.ts'

/** |ratio − 1| of ‖θ‖⁴ below which the norm counts as equilibrated. */
const equilibrated = 0.1
const chartPointCount = 60

/**
 * Norm equilibrium of scale-invariant weights (all weights ahead of a normalisation): predicted over actual ‖θ‖⁴ of the judged part, 1 in equilibrium,
 * with a 95 % delta-method interval from batch means (`ratioInterval`). Until it is reached the effective learning rate η/‖θ‖² still changes, though the loss looks flat.
 * Without weight decay there is none: measured over predicted growth of ‖θ‖⁴ per step instead, always a warning, because no law in weight space can be stationary.
 * Where the norms of groups (layers) were recorded each is judged by itself as well, and the whole passes only with them; when the weights as a whole are not scale-invariant, the group farthest from
 * equilibrium is the result. Informs only. `unknown` when ⟨θ, ∇f⟩ = 0 holds nowhere or was not recorded, and for Nesterov.
 */
export function diagnoseNormEquilibrium(context: SegmentContext): DiagnosticResult {
  const measured = measureNorms(context.judged, context.range.hyperparameters)
  const groups = normsByGroup(context)
  if (typeof measured !== 'string')
    return context.range.hyperparameters.weightDecay === 0
      ? freeGrowth(context, measured, groups)
      : equilibrium(context, measured, groups)
  return groups.invariant.length > 0 ? partEquilibrium(context, groups) : missingEquilibrium(measured)
}

/** Of weights that are scale-invariant only in some groups: the one farthest from equilibrium. */
function partEquilibrium({ range }: SegmentContext, groups: NormsByGroup): DiagnosticResult {
  const { hyperparameters } = range
  const { estimate = Number.NaN, low = Number.NaN, high = Number.NaN, measured } = farthestGroup(groups) ?? {}
  const hasDecay = hyperparameters.weightDecay !== 0
  const isReached = hasDecay && Math.abs(estimate - 1) <= equilibrated
  const symbol = hasDecay ? fixedFields.symbol : growthSymbol
  return createDiagnosticResult({
    ...fixedFields,
    symbol,
    estimate,
    low,
    high,
    sampleSize: measured?.sampleSize ?? 0,
    ...(hasDecay && { marginLow: 1 - equilibrated, marginHigh: 1 + equilibrated }),
    threshold: 1,
    verdict: isReached ? 'pass' : 'warn',
    reason: `${symbol} by layer: ${groupText(groups)}${whiteNoiseNote(hyperparameters)}`,
    summary: !hasDecay
      ? growthSummary
      : isReached
        ? 'The norms of the scale-invariant layers are in equilibrium: only their directions move.'
        : 'The norm of a scale-invariant layer is not in equilibrium: its effective learning rate still changes.',
    details: groupDetails(groups, hyperparameters),
    charts: groupChart(groups, symbol, hasDecay ? equilibrated : Number.NaN),
  })
}

function equilibrium(context: SegmentContext, measured: MeasuredNorms, groups: NormsByGroup): DiagnosticResult {
  const { norm4, norm, sampleSize } = measured
  const { hyperparameters } = context.range
  const predicted = predictedNorm4(measured, hyperparameters)
  const { mean: ratio, low, high } = ratioInterval(predicted, norm4)
  const isWholeReached = Math.abs(ratio - 1) <= equilibrated
  const isReached = isWholeReached && Math.abs((farthestGroup(groups)?.estimate ?? 1) - 1) <= equilibrated
  const { momentum = 0, weightDecay = Number.NaN } = hyperparameters
  const learningRate = undampedRate(hyperparameters)
  const relaxation = (1 - momentum) / (4 * learningRate * weightDecay)
  return createDiagnosticResult({
    ...fixedFields,
    estimate: ratio,
    low,
    high,
    sampleSize,
    marginLow: 1 - equilibrated,
    marginHigh: 1 + equilibrated,
    threshold: 1,
    verdict: isReached ? 'pass' : 'warn',
    reason: `‖θ‖ is ${formatNumber(mean(norm4) ** 0.25)}, in equilibrium ${formatNumber(mean(predicted) ** 0.25)}; relaxation takes ${formatNumber(relaxation)} steps${layersText(groups)}${whiteNoiseNote(hyperparameters)}`,
    summary: isReached
      ? 'The norm of the weights is in equilibrium: only their direction moves.'
      : isWholeReached
        ? 'The norm of all weights is in equilibrium, that of a layer is not: its effective learning rate still changes.'
        : 'The norm of the weights is not in equilibrium: the effective learning rate still changes.',
    details: [
      { label: '‖θ‖', value: mean(norm4) ** 0.25, unit: '' },
      { label: '‖θ‖ in equilibrium', value: mean(predicted) ** 0.25, unit: '' },
      { label: 'effective learning rate η/‖θ‖²', value: learningRate / mean(norm), unit: '' },
      {
        label: 'angle per step in equilibrium √(2ηλ/(1+μ))',
        value: Math.sqrt((2 * learningRate * weightDecay) / (1 + momentum)),
        unit: 'rad',
      },
      ...angleDetails(context, measured),
      { label: 'relaxation (1−μ)/(4ηλ)', value: relaxation, unit: 'steps' },
      { label: 'cosine between weights and gradient (rms)', value: measured.cosine, unit: '' },
      ...groupDetails(groups, hyperparameters),
    ],
    charts: [...normChart(context), ...groupChart(groups, fixedFields.symbol, equilibrated)],
  })
}

function freeGrowth(context: SegmentContext, measured: MeasuredNorms, groups: NormsByGroup): DiagnosticResult {
  const { norm4, scaled, steps, sampleSize } = measured
  const predicted = freeGrowthOfNorm4(context.range.hyperparameters, mean(scaled))
  const growth = growthPerStep(norm4, steps)
  return createDiagnosticResult({
    ...fixedFields,
    symbol: growthSymbol,
    estimate: growth.mean / predicted,
    low: growth.low / predicted,
    high: growth.high / predicted,
    sampleSize,
    threshold: 1,
    verdict: 'warn',
    reason: `without weight decay ‖θ‖ grows without limit: ‖θ‖⁴ by ${formatInterval(growth.mean, growth.low, growth.high)} per step, from the noise ${formatNumber(predicted)}${layersText(groups)}${whiteNoiseNote(context.range.hyperparameters)}`,
    summary: growthSummary,
    details: [
      { label: '‖θ‖', value: mean(norm4) ** 0.25, unit: '' },
      { label: 'growth of ‖θ‖⁴', value: growth.mean, unit: 'per step' },
      { label: 'growth of ‖θ‖⁴ from the noise, 2η²σ̃²/(1−μ)²', value: predicted, unit: 'per step' },
      ...angleDetails(context, measured),
      { label: 'cosine between weights and gradient (rms)', value: measured.cosine, unit: '' },
      ...groupDetails(groups, context.range.hyperparameters),
    ],
    charts: [...normChart(context), ...groupChart(groups, growthSymbol, Number.NaN)],
  })
}

const fixedFields = {
  id: 'norm-equilibrium',
  title: 'Norm equilibrium',
  symbol: 'predicted/actual ‖θ‖⁴',
  assumption:
    'The judged weights are scale-invariant; the gradient is dominated by noise that is isotropic on the sphere.',
} as const

const growthSymbol = 'measured/predicted growth of ‖θ‖⁴'
const growthSummary =
  'Without weight decay the norm grows for ever: there is no stationary law of the weights, only of their direction.'

function layersText(groups: NormsByGroup): string {
  return groups.invariant.length > 0 ? `; by layer: ${groupText(groups)}` : ''
}

function missingEquilibrium(reason: string): DiagnosticResult {
  return createDiagnosticResult({
    ...fixedFields,
    verdict: 'unknown',
    reason,
    summary: 'The norm of the weights has no equilibrium that can be predicted.',
  })
}

/** Measured where ⟨θ,Δ⟩ and ‖Δ‖² were recorded; without momentum the gradient gives it too, η‖g‖/‖θ‖. */
function angleDetails({ judged, range }: SegmentContext, { norm, scaled }: MeasuredNorms): NamedNumber[] {
  const { update_norm_squared, weights_dot_update, weight_norm_squared } = judged.scalars
  const { learningRate = Number.NaN, momentum = 0 } = range.hyperparameters
  if (update_norm_squared && weights_dot_update && weight_norm_squared) {
    const [square = norm, product = norm, weight = norm] = alignSeries([
      update_norm_squared,
      weights_dot_update,
      weight_norm_squared,
    ])
    const value = rmsAngle(square, product, weight)
    if (Number.isFinite(value)) return [{ label: 'angle per step, measured', value, unit: 'rad' }]
  }
  if (momentum !== 0) return []
  const squares = scaled.map((value, i) => value / (norm[i] ?? Number.NaN) ** 2)
  return [{ label: 'angle per step, from ‖g‖', value: learningRate * Math.sqrt(mean(squares)), unit: 'rad' }]
}

/** ‖θ‖⁴ over the whole segment, its transient included, towards what it is in equilibrium. */
function normChart({ segment, range }: SegmentContext): CurveChart[] {
  const measured = measureNorms(segment, range.hyperparameters)
  if (typeof measured === 'string') return []
  const { steps, norm4 } = measured
  const batchCount = Math.min(chartPointCount, norm4.length)
  const batchLength = Math.floor(norm4.length / batchCount)
  const average = (values: Float64Array) => [...batchMeans(values, batchCount, batchLength)]
  const plain = { x: average(steps), low: [], high: [] }
  const hasDecay = (range.hyperparameters.weightDecay ?? 0) > 0
  return [
    {
      kind: 'curve',
      title: '‖θ‖⁴ and its equilibrium',
      xName: 'step',
      curves: [
        { ...plain, label: '‖θ‖⁴', y: average(norm4), isReference: false },
        ...(hasDecay
          ? [
              {
                ...plain,
                label: 'in equilibrium',
                y: average(predictedNorm4(measured, range.hyperparameters)),
                isReference: true,
              },
            ]
          : []),
      ],
      references: [],
      isLogarithmicX: false,
      isLogarithmicY: false,
    },
  ]
}

/** Equilibrium ‖θ‖⁴ from each step's ‖θ‖²‖g‖². */
function predictedNorm4({ scaled }: MeasuredNorms, hyperparameters: Hyperparameters): Float64Array {
  return scaled.map((value) => equilibriumNorm4(hyperparameters, value))
}
