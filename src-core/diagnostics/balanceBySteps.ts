import { formatExact } from '../format/formatExact.ts'
import { formatNumber } from '../format/formatNumber.ts'
import { batchMeansInterval } from '../statistics/batchMeans.ts'
import { mean } from '../statistics/moments.ts'
import type { BalanceFinding, BalanceOutcome } from './balance.ts'
import { createDiagnosticResult } from './createDiagnosticResult.ts'
import type { SegmentContext } from './segmentContext.ts'

interface StepTerms {
  /** Mean of −η⟨∇f(θ_t), v_{t+1}⟩. */
  readonly descent: number
  /** Mean net change of the loss per step. */
  readonly net: number
  /** How the net change was obtained. */
  readonly source: string
  readonly sampleSize: number
  readonly descentLow: number
  readonly descentHigh: number
}

/**
 * Balance index |net|/|descent| of the exact one-step form E[f(θ')−f(θ)] = −ηE⟨∇f, v'⟩ + ½η²E[v'ᵀHv'] + R₃ (R₃ = 0 for a quadratic).
 * Net is the sum of both recorded terms, else the mean change of the recorded loss. Without momentum E⟨∇f, v'⟩ = E‖∇f‖².
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
    ],
    charts: [
      {
        kind: 'forest',
        rows: [
          { label: 'descent', estimate: terms.descent, low: terms.descentLow, high: terms.descentHigh, isReference: false },
          { label: 'diffusion', estimate: terms.net - terms.descent, low: Number.NaN, high: Number.NaN, isReference: false },
          { label: 'net', estimate: terms.net, low: Number.NaN, high: Number.NaN, isReference: false },
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

function stepTerms({ judged, range }: SegmentContext): StepTerms | undefined {
  const { learningRate, momentum = 0 } = range.hyperparameters
  const { gradient_dot_next_buffer: velocity, gradient_norm_squared: gap, next_buffer_hessian_form: curvature, loss } = judged.scalars
  const isPlain = momentum === 0
  const product = velocity ?? (isPlain ? gap : undefined)
  if (learningRate === undefined || !(learningRate > 0) || !product || product.values.length < 20) return undefined
  const interval = batchMeansInterval(product.values)
  const descent = -learningRate * mean(product.values)
  const base = { descent, sampleSize: product.values.length, descentLow: -learningRate * interval.high, descentHigh: -learningRate * interval.low }
  if (velocity && curvature && curvature.values.length === velocity.values.length)
    return { ...base, net: descent + 0.5 * learningRate ** 2 * mean(curvature.values), source: 'both terms' }
  if (!loss || loss.values.length < 20 || judged.lossSource === 'batch') return undefined
  const span = (loss.steps.at(-1) ?? Number.NaN) - (loss.steps[0] ?? Number.NaN)
  return { ...base, net: ((loss.values.at(-1) ?? Number.NaN) - (loss.values[0] ?? Number.NaN)) / span, source: 'the loss' }
}
