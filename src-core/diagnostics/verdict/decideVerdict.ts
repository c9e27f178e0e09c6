import { isConstant } from '../../statistics/moments.ts'
import type { BalanceFinding } from '../checks/equilibrium/balanceOutcome.ts'
import type { CycleFinding } from '../checks/motion/limitCycle.ts'
import type { DisplacementFinding, VectorMotion } from '../checks/motion/displacement.ts'
import type { DiagnosticId, DiagnosticResult } from '../results/diagnosticResult.ts'
import type { DivergenceKind } from '../checks/loss/divergence.ts'
import type { LossFinding, SmallDrift } from '../checks/loss/lossStabilisation.ts'
import { recordedCount } from '../checks/samples/sampleSize.ts'
import type { SegmentContext } from '../checks/segmentContext.ts'
import type { GapFinding } from '../checks/gradient/stationarityGap.ts'
import type { VerdictId } from './verdictTypes.ts'
import type { WindowFinding } from '../checks/windows/windowDistance.ts'

/** What the diagnostics of one segment found, without the numbers. */
export interface SegmentFindings {
  readonly divergence: DivergenceKind
  readonly gap: GapFinding
  readonly isGapFalling: boolean
  readonly loss: LossFinding
  readonly lossDrift: SmallDrift
  readonly windows: WindowFinding
  readonly cycle: CycleFinding
  readonly balance: BalanceFinding
  readonly displacement: DisplacementFinding
  readonly weights: VectorMotion
  readonly outputs: VectorMotion
  readonly sampleSize: DiagnosticResult
}

/** A verdict and the diagnostic that decided it. */
export interface Decision {
  readonly id: VerdictId
  readonly decidedBy: DiagnosticId
}

/** A converging run shows itself sooner than a stationary one: its gradient falls by orders of magnitude. */
const fewestPointsOfConvergence = 20

/**
 * The lattice of verdicts for one segment: the first that applies. What is established positively (no movement, a vanishing gradient, a cycle, a trend)
 * comes before "not enough samples", because it needs no stationary sample; an invariant measure is said only when everything before it is excluded.
 */
export function decideVerdict(context: SegmentContext, findings: SegmentFindings): Decision {
  return decideWithoutStationarity(context, findings) ?? decideStationary(context, findings)
}

function decideWithoutStationarity(context: SegmentContext, findings: SegmentFindings): Decision | undefined {
  const count = recordedCount(context)
  const isShort = count < context.margins.minimumSegmentLength
  if (findings.gap === 'vanishing' && findings.loss !== 'rising' && count >= fewestPointsOfConvergence)
    return { id: 'stationary-point', decidedBy: 'stationarity-gap' }
  if (isShort) return { id: 'not-enough-samples', decidedBy: 'sample-size' }
  if (findings.cycle === 'cycle') return { id: 'limit-cycle', decidedBy: 'limit-cycle' }
  if (nothingVaries(context)) return { id: 'no-variation', decidedBy: 'sample-size' }
  if (findings.loss === 'descending') return { id: 'still-descending', decidedBy: 'loss-stabilisation' }
  if (findings.loss === 'rising') return { id: 'drifting', decidedBy: 'loss-stabilisation' }
  if (findings.windows === 'different') return { id: 'drifting', decidedBy: 'window-distance' }
  if (findings.displacement === 'unconfined') return { id: 'drifting', decidedBy: 'displacement' }
  return undefined
}

function decideStationary(context: SegmentContext, findings: SegmentFindings): Decision {
  if (findings.sampleSize.verdict === 'fail') return { id: 'not-enough-samples', decidedBy: 'sample-size' }
  if (findings.loss === 'unresolved') return { id: 'not-enough-samples', decidedBy: 'loss-stabilisation' }
  if (findings.gap === 'unresolved') return { id: 'not-enough-samples', decidedBy: 'stationarity-gap' }
  if (findings.displacement === 'slow') return { id: 'not-enough-samples', decidedBy: 'displacement' }
  if (findings.windows === 'unresolved') return { id: 'not-enough-samples', decidedBy: 'window-distance' }
  const knowsOnlyBatchLoss =
    findings.gap === 'missing' && context.judged.lossSource === 'batch' && context.vectors.length === 0
  if (knowsOnlyBatchLoss) return { id: 'not-enough-samples', decidedBy: 'stationarity-gap' }
  return { id: 'invariant-measure', decidedBy: 'stationarity-gap' }
}

function nothingVaries({ gating }: SegmentContext): boolean {
  return gating.length > 0 && gating.every(({ values }) => isConstant(values))
}
