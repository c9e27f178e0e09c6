import { diagnoseAutocorrelation } from './checks/samples/autocorrelationDiagnostic.ts'
import { diagnoseBalance } from './checks/equilibrium/balance.ts'
import { decideVerdict, type Decision, type SegmentFindings } from './verdict/decideVerdict.ts'
import type { DiagnosticResult } from './results/diagnosticResult.ts'
import { besideVanishingGradient, diagnoseDisplacement } from './checks/motion/displacement.ts'
import type { DivergenceFinding, DivergenceKind } from './checks/loss/divergence.ts'
import { buildEvidence } from './verdict/evidence.ts'
import { diagnoseFluctuationDissipation } from './checks/equilibrium/fluctuationDissipation.ts'
import { diagnoseLimitCycle } from './checks/motion/limitCycle.ts'
import { diagnoseLossStabilisation } from './checks/loss/lossStabilisation.ts'
import type { DiagnosticMargins } from './results/margins.ts'
import type { RunObservables } from './observables/observables.ts'
import { diagnoseNoiseScale } from './checks/gradient/noiseScale.ts'
import { diagnoseNormEquilibrium } from './checks/equilibrium/normEquilibrium.ts'
import { notJudged } from './checks/notJudged.ts'
import { diagnosePflug } from './checks/gradient/pflug.ts'
import { diagnoseSampleSize } from './checks/samples/sampleSize.ts'
import { diagnoseSelfCalibration } from './checks/samples/selfCalibration.ts'
import { createSegmentContext, type SegmentContext } from './checks/segmentContext.ts'
import type { JudgedRange } from './observables/segments.ts'
import { diagnoseSharpness } from './checks/curvature/sharpness.ts'
import { diagnoseSpectralDensity } from './checks/curvature/spectralDensityDiagnostic.ts'
import { diagnoseStationarityGap } from './checks/gradient/stationarityGap.ts'
import { diagnoseStationarityTests } from './checks/samples/stationarityTests.ts'
import { diagnoseTailIndex } from './checks/gradient/tailIndexDiagnostic.ts'
import { diagnoseTheoremBound } from './checks/gradient/theoremBound.ts'
import { diagnoseTimeReversal } from './checks/motion/timeReversal.ts'
import type { SegmentDiagnosis, Verdict } from './verdict/verdictTypes.ts'
import { verdictDetail, verdictSummary } from './verdict/verdictSentences.ts'
import { diagnoseWindowDistance } from './checks/windows/windowDistance.ts'

/** Called between diagnostics; throws to cancel. */
export type Checkpoint = () => void

/** All diagnostics of one segment and its verdict. `divergence` is the run's, found before. */
export function diagnoseSegment(
  run: RunObservables,
  range: JudgedRange,
  options: {
    margins: DiagnosticMargins
    seed: number
    divergence: Pick<DivergenceFinding, 'kind' | 'result'>
    checkpoint: Checkpoint
  },
): SegmentDiagnosis {
  const { margins, seed, divergence, checkpoint } = options
  const context = createSegmentContext(run, range, margins, seed)
  checkpoint()
  const { kind } = divergence
  const { findings, results } = runDiagnostics(context, kind, checkpoint)
  const isUnbounded = kind === 'growth' || kind === 'out-of-range'
  const decision: Decision = kind === 'none' ? decide(context, findings) : { id: 'diverged', decidedBy: 'divergence' }
  const judged = isUnbounded ? results.map(notJudged) : results
  const wandersAtRest = decision.id === 'stationary-point' && findings.weights === 'wandering'
  const diagnostics = [
    divergence.result,
    ...judged.map((result) =>
      wandersAtRest && result.id === 'displacement' ? besideVanishingGradient(result) : result,
    ),
  ]
  return {
    from: range.from,
    to: range.to,
    hyperparameters: range.hyperparameters,
    isConstant: range.isConstant,
    transientEnd: context.transientEnd,
    verdict: createVerdict(decision, diagnostics, findings, range),
    diagnostics,
  }
}

function runDiagnostics(
  context: SegmentContext,
  divergence: DivergenceKind,
  checkpoint: Checkpoint,
): { findings: SegmentFindings; results: DiagnosticResult[] } {
  const next = <T>(diagnose: (context: SegmentContext) => T): T => {
    checkpoint()
    return diagnose(context)
  }
  const sampleSize = next(diagnoseSampleSize)
  const loss = next(diagnoseLossStabilisation)
  const windows = next(diagnoseWindowDistance)
  const displacement = next(diagnoseDisplacement)
  const gap = next(diagnoseStationarityGap)
  const noise = next(diagnoseNoiseScale)
  const balance = next(diagnoseBalance)
  const cycle = next(diagnoseLimitCycle)
  const sharpness = next(diagnoseSharpness)
  const spectrum = next(diagnoseSpectralDensity)
  const autocorrelation = next(diagnoseAutocorrelation)
  const tests = next(diagnoseStationarityTests)
  const fluctuation = next(diagnoseFluctuationDissipation)
  const pflug = next(diagnosePflug)
  const bound = next(diagnoseTheoremBound)
  const norm = next(diagnoseNormEquilibrium)
  const tail = next(diagnoseTailIndex)
  const reversal = next(diagnoseTimeReversal)
  const calibration = next(diagnoseSelfCalibration)
  const findings = {
    divergence,
    gap: gap.finding,
    isGapFalling: gap.isFalling,
    loss: loss.finding,
    lossDrift: loss.drift,
    windows: windows.finding,
    cycle: cycle.finding,
    balance: balance.finding,
    displacement: displacement.finding,
    weights: displacement.weights,
    outputs: displacement.outputs,
    sampleSize,
  }
  const results = [
    sampleSize,
    gap,
    noise,
    loss,
    windows,
    balance,
    sharpness,
    spectrum,
    cycle,
    displacement,
    autocorrelation,
    tests,
    fluctuation,
    pflug,
    bound,
    norm,
    tail,
    reversal,
    calibration,
  ].map((entry) => ('result' in entry ? entry.result : entry))
  return { findings, results }
}

/** A range whose learning rate changes all the time has no stationary law: it converges, descends, or cannot be judged. */
function decide(context: SegmentContext, findings: SegmentFindings): Decision {
  const decision = decideVerdict(context, findings)
  const isPossible =
    context.range.isConstant || decision.id === 'stationary-point' || decision.id === 'still-descending'
  if (isPossible) return decision
  return findings.isGapFalling
    ? { id: 'still-descending', decidedBy: 'stationarity-gap' }
    : { id: 'not-enough-samples', decidedBy: 'sample-size' }
}

function createVerdict(
  decision: Decision,
  diagnostics: readonly DiagnosticResult[],
  findings: SegmentFindings,
  range: JudgedRange,
): Verdict {
  const { evidence, weakestLink } = buildEvidence(decision, diagnostics, findings)
  return {
    id: decision.id,
    summary: verdictSummary(decision, findings, range),
    detail: verdictDetail(decision, diagnostics, weakestLink),
    weakestLink,
    evidence,
  }
}
