import { formatExact } from '../format/formatExact.ts'
import { formatNumber } from '../format/formatNumber.ts'
import { batchMeansInterval } from '../statistics/batchMeans.ts'
import { mean } from '../statistics/moments.ts'
import type { BalanceFinding, BalanceOutcome } from './balanceOutcome.ts'
import { createDiagnosticResult } from './createDiagnosticResult.ts'
import type { RunObservables } from './observables.ts'
import type { SegmentContext } from './segmentContext.ts'

interface StepTerms {
  /** Mean of −η⟨∇f(θ_t), v_{t+1}⟩, with its interval. */
  readonly descent: number
  readonly descentLow: number
  readonly descentHigh: number
  /** Mean net change of the loss per step. */
  readonly net: number
  /** Sum of descent and the curvature term ½η²v'ᵀHv', with its interval; NaN when the latter was not recorded. */
  readonly secondOrder: { readonly mean: number; readonly low: number; readonly high: number }
  readonly source: string
  readonly sampleSize: number
}

/**
 * Balance index |net|/|descent| of the exact one-step form E[f(θ')−f(θ)] = −ηE⟨∇f, v'⟩ + ½η²E[v'ᵀHv'] + R₃ (R₃ = 0 for a quadratic).
 * Net is the mean change of the recorded loss, which telescopes exactly, else the sum of both recorded terms. Without momentum E⟨∇f, v'⟩ = E‖∇f‖².
 * The mean net change of any bounded loss telescopes to zero; what the index shows is that the descent is *not* small beside it.
 * About 0.001 for constant-rate runs that do not interpolate, above 0.9 in pure descent.
 *
 * @returns undefined when the learning rate or the descent term is not known
 */
export function balanceBySteps(context: SegmentContext): BalanceOutcome | undefined {
  const terms = stepTerms(context)
  if (!terms || !(Math.abs(terms.descent) > 0)) return undefined
  const index = Math.abs(terms.net) / Math.abs(terms.descent)
  const { balanceIndex, descentIndex } = context.margins
  const finding: BalanceFinding = index <= balanceIndex ? 'balanced' : index < descentIndex ? 'partial' : 'descent'
  const result = createDiagnosticResult({
    id: 'balance',
    title: 'Balance',
    symbol: 'net/descent',
    estimate: index,
    sampleSize: terms.sampleSize,
    unit: '',
    marginLow: 0,
    marginHigh: balanceIndex,
    threshold: balanceIndex,
    verdict: finding === 'balanced' ? 'pass' : finding === 'partial' ? 'warn' : 'fail',
    reason: `descent ${formatNumber(terms.descent)} per step, net ${formatNumber(terms.net)}: index ${formatNumber(index, 2)}, limit ${formatExact(balanceIndex)}`,
    summary: summaries[finding],
    assumption: 'The descent term uses the full gradient and the buffer of the same step.',
    details: [
      { label: 'descent per step', value: terms.descent, unit: 'loss per step' },
      { label: 'diffusion per step', value: terms.net - terms.descent, unit: 'loss per step' },
      { label: `net change per step, from ${terms.source}`, value: terms.net, unit: 'loss per step' },
      { label: 'sum of both terms per step', value: terms.secondOrder.mean, unit: 'loss per step' },
      { label: 'remainder beyond second order', value: terms.net - terms.secondOrder.mean, unit: 'loss per step' },
    ],
    charts: [
      {
        kind: 'forest',
        rows: [
          {
            label: 'descent',
            estimate: terms.descent,
            low: terms.descentLow,
            high: terms.descentHigh,
            isReference: false,
          },
          {
            label: 'diffusion',
            estimate: terms.net - terms.descent,
            low: Number.NaN,
            high: Number.NaN,
            isReference: false,
          },
          {
            label: 'net',
            estimate: terms.net,
            low: terms.secondOrder.low,
            high: terms.secondOrder.high,
            isReference: false,
          },
        ],
        marginLow: -balanceIndex * Math.abs(terms.descent),
        marginHigh: balanceIndex * Math.abs(terms.descent),
      },
    ],
  })
  return { finding, result }
}

const summaries: Record<BalanceFinding, string> = {
  balanced: 'Descent and diffusion cancel.',
  partial: 'Descent is held by diffusion only in part.',
  descent: 'Nothing holds the descent: the loss falls by what the gradient gives.',
  unresolved: 'Descent and diffusion cannot be compared.',
}

function stepTerms(context: SegmentContext): StepTerms | undefined {
  const { judged, range } = context
  const { learningRate, momentum = 0 } = range.hyperparameters
  const { gradient_dot_next_buffer: velocity, gradient_norm_squared: gap } = judged.scalars
  const product = velocity ?? (momentum === 0 ? gap : undefined)
  if (learningRate === undefined || !(learningRate > 0) || !product || product.values.length < 20) return undefined
  const interval = batchMeansInterval(product.values)
  const descent = -learningRate * mean(product.values)
  const secondOrder = secondOrderSum(judged, learningRate)
  const change = lossChangePerStep(judged)
  const net = Number.isFinite(change) ? change : secondOrder.mean
  if (!Number.isFinite(net)) return undefined
  return {
    descent,
    descentLow: -learningRate * interval.high,
    descentHigh: -learningRate * interval.low,
    net,
    secondOrder,
    source: Number.isFinite(change) ? 'the loss' : 'both terms',
    sampleSize: product.values.length,
  }
}

function secondOrderSum({ scalars }: RunObservables, learningRate: number): StepTerms['secondOrder'] {
  const { gradient_dot_next_buffer: velocity, next_buffer_hessian_form: curvature } = scalars
  if (!velocity || !curvature || velocity.values.length !== curvature.values.length)
    return { mean: Number.NaN, low: Number.NaN, high: Number.NaN }
  const sums = velocity.values.map(
    (value, i) => -learningRate * value + 0.5 * learningRate ** 2 * (curvature.values[i] ?? Number.NaN),
  )
  return batchMeansInterval(sums)
}

/** (f(θ_T) − f(θ_0))/T of the judged part, from the means of its first and last tenth so that single values do not decide; NaN without a full loss. */
function lossChangePerStep({ scalars: { loss }, lossSource }: RunObservables): number {
  if (!loss || loss.values.length < 20 || lossSource === 'batch') return Number.NaN
  const share = Math.floor(loss.values.length / 10)
  const end = loss.values.length - share
  const span = mean(loss.steps.subarray(end)) - mean(loss.steps.subarray(0, share))
  return (mean(loss.values.subarray(end)) - mean(loss.values.subarray(0, share))) / span
}
