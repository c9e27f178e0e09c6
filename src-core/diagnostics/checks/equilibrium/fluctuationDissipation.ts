import { batchMeansInterval } from '../../../statistics/batchMeans.ts'
import { mean } from '../../../statistics/moments.ts'
import { isAwayFromZero, ratioInterval } from '../../../statistics/ratioInterval.ts'
import { formatNumber } from '../../../format/formatNumber.ts'
import { alignSeries } from '../../observables/alignSeries.ts'
import { createDiagnosticResult } from '../../results/createDiagnosticResult.ts'
import type { DiagnosticResult, ForestChart, NamedNumber } from '../../results/diagnosticResult.ts'
import {
  centredRelation,
  firstRelation,
  relationRatio,
  updateRelation,
  type FluctuationRelation,
} from './fluctuationRelations.ts'
import { intervalDetails } from '../../results/intervalDetails.ts'
import { objectiveGap } from '../../observables/objective.ts'
import type { SegmentContext } from '../segmentContext.ts'
import { isSgd } from '../../observables/updateRule.ts'

/** |ratio − 1| below which ‖θ‖² counts as equilibrated (Yaida 2019). */
const equilibrated = 0.01
/** Below this share of E‖θ‖² (times η for an update), both sides are rounding and drift, and the ratio means nothing. */
const floorOfWeightNorm = 1e-4
/** δ of SASA: the interval of left − right must lie inside ± this share of the right side. */
const sasaShare = 0.02
/** Of fewer steps the sums are what the ends of the record happen to be. */
const fewestSteps = 20

/**
 * First fluctuation-dissipation relation (Yaida 2019) for the update rule in use, and for any optimiser −2E[θ·Δ] = E‖Δ‖², also about the window's mean.
 * A meter of whether ‖θ − c‖² has equilibrated, never evidence of a stationary law: all terms telescope, so it holds for every bounded trajectory, and the ratio has no interval that means anything.
 * Beside it SASA (Lang et al. 2019) and SASA+ (Zhang et al. 2020), tests on the same terms, and without momentum the second relation E‖∇f‖² = (η/2)E[gᵀHg].
 * `unknown` when terms are missing, and when both sides are too small to divide.
 */
export function diagnoseFluctuationDissipation(context: SegmentContext): DiagnosticResult {
  const { judged, range } = context
  const first = firstRelation(judged, range.hyperparameters)
  const update = updateRelation(judged)
  const centred = centredRelation(judged)
  const isFirst = typeof first !== 'string' && first.left.length >= fewestSteps
  const main = isFirst ? first : (update ?? centred)
  if (!main || main.left.length < fewestSteps) return missingRelation(neededFor(first, main))
  const relations = [isFirst ? first : undefined, update, centred].filter((relation) => relation !== undefined)
  const isTold = (relation: FluctuationRelation) => isAboveFloor(context, relation, relation === first)
  const ratio = isTold(main) ? relationRatio(main) : Number.NaN
  const isClose = Math.abs(ratio - 1) < equilibrated
  const told = relations.filter(isTold)
  return createDiagnosticResult({
    ...fixedFields,
    estimate: ratio,
    sampleSize: main.left.length,
    marginLow: 1 - equilibrated,
    marginHigh: 1 + equilibrated,
    threshold: 1,
    verdict: Number.isNaN(ratio) ? 'unknown' : isClose ? 'pass' : 'warn',
    reason: Number.isNaN(ratio)
      ? 'cannot say: both sides are near zero beside ‖θ‖², so their ratio means nothing; needs a run whose noise still moves the weights'
      : `${main.name}: left ${formatNumber(mean(main.left))}, right ${formatNumber(mean(main.right))}, ratio ${formatNumber(ratio, 4)}, in equilibrium ${1 - equilibrated} to ${1 + equilibrated}`,
    summary: isClose
      ? 'The weight norm is in equilibrium: the pull inward and the length of the steps balance.'
      : 'The weight norm is not known to be in equilibrium.',
    details: [
      ...told.map((relation) => ({ label: `ratio, ${relation.name}`, value: relationRatio(relation), unit: '' })),
      { label: 'left side', value: mean(main.left), unit: '' },
      { label: 'right side', value: mean(main.right), unit: '' },
      ...(isFirst && isTold(first) ? sasaDetails('SASA', first, sasaShare * mean(first.right)) : []),
      ...(update && isTold(update) ? sasaPlusDetails(update, range.hyperparameters.learningRate) : []),
      ...secondRelationDetails(context),
    ],
    charts: told.length > 0 ? [deviationChart(told)] : [],
  })
}

const fixedFields = {
  id: 'fluctuation-dissipation',
  title: 'Fluctuation–dissipation',
  symbol: 'left/right',
  assumption: 'Holds for every bounded run in the long term: an equilibration meter, not evidence of a stationary law.',
} as const

function neededFor(first: FluctuationRelation | string, main: FluctuationRelation | undefined): string {
  if (typeof first === 'string' && !main) return first
  const count = Math.max(typeof first === 'string' ? 0 : first.left.length, main?.left.length ?? 0)
  return `needs ${fewestSteps} common steps of its terms, there are ${count}`
}

function missingRelation(needed: string): DiagnosticResult {
  return createDiagnosticResult({
    ...fixedFields,
    verdict: 'unknown',
    reason: `cannot say: ${needed}; for any optimiser also weights_dot_update and update_norm_squared, or weights`,
    summary: 'The terms of the relation were not recorded.',
  })
}

/** Yaida's sides are those of the update over η; without a learning rate or ‖θ‖² a ratio off by more than its whole size is all drift. */
function isAboveFloor({ judged, range }: SegmentContext, relation: FluctuationRelation, isFirst: boolean): boolean {
  const right = mean(relation.right)
  const recorded = judged.scalars.weight_norm_squared
  const norm = relation.weightNorm ?? (recorded ? mean(recorded.values) : undefined)
  const scale = isFirst ? 1 : range.hyperparameters.learningRate
  if (!(right > 0)) return false
  return norm !== undefined && scale !== undefined
    ? right > scale * floorOfWeightNorm * norm
    : Math.abs(relationRatio(relation) - 1) <= 1
}

/** Mean difference of the sides with its interval, which is narrow because the terms telescope; 1 where the test calls the run stationary. */
function sasaDetails(name: string, { left, right }: FluctuationRelation, tolerance: number): NamedNumber[] {
  const { mean: centre, low, high } = batchMeansInterval(left.map((value, i) => value - (right[i] ?? Number.NaN)))
  return [
    ...intervalDetails(`${name}: left − right`, { mean: centre, low, high }),
    { label: `${name}: tolerance ±${formatNumber(sasaShare)} of the right side`, value: tolerance, unit: '' },
    {
      label: `${name}: inside the tolerance (1 yes, 0 no)`,
      value: low > -tolerance && high < tolerance ? 1 : 0,
      unit: '',
    },
  ]
}

/** ⟨θ,d⟩ − (η/2)‖d‖² of the direction d = −Δ/η: the run counts as stationary where the interval holds zero. In units of ‖Δ‖² without a learning rate. */
function sasaPlusDetails({ left, right }: FluctuationRelation, learningRate: number | undefined): NamedNumber[] {
  const scale = learningRate === undefined ? 1 : 1 / (2 * learningRate)
  const interval = batchMeansInterval(left.map((value, i) => scale * (value - (right[i] ?? Number.NaN))))
  return [
    ...intervalDetails('SASA+: ⟨θ,d⟩ − (η/2)‖d‖²', interval),
    {
      label: 'SASA+: interval holds zero (1 yes, 0 no)',
      value: interval.low <= 0 && interval.high >= 0 ? 1 : 0,
      unit: '',
    },
  ]
}

/** (η/2)E[gᵀHg] over E‖∇f‖², plain SGD only: exact for a quadratic, else up to third derivatives. Left out where ‖∇f‖² cannot be told from zero. */
function secondRelationDetails({ judged, range }: SegmentContext): NamedNumber[] {
  const { learningRate, momentum = 0 } = range.hyperparameters
  const { stochastic_gradient_hessian_form: form } = judged.scalars
  const gap = objectiveGap(judged)
  if (!gap || !form || learningRate === undefined || momentum > 0 || !isSgd(range.hyperparameters)) return []
  const [gaps = new Float64Array(), forms = new Float64Array()] = alignSeries([gap, form])
  if (!isAwayFromZero(gaps)) return []
  const half = forms.map((value) => 0.5 * learningRate * value)
  return intervalDetails('second relation, (η/2)gᵀHg over ‖∇f‖²', ratioInterval(half, gaps))
}

/** A short name for a row. */
function leftSide({ name }: FluctuationRelation): string {
  return name.split(' against ')[0] ?? name
}

function deviationChart(relations: readonly FluctuationRelation[]): ForestChart {
  return {
    kind: 'forest',
    xName: 'left side over right side, less one',
    rows: relations.map((relation) => ({
      label: leftSide(relation),
      estimate: relationRatio(relation) - 1,
      low: Number.NaN,
      high: Number.NaN,
      isReference: false,
    })),
    marginLow: -equilibrated,
    marginHigh: equilibrated,
  }
}
