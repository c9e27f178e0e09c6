import { conditionObservables } from './observables/conditionObservables.ts'
import { deriveRoles } from './observables/deriveRoles.ts'
import { diagnoseSegment } from './diagnoseSegment.ts'
import { diagnoseDivergence, type DivergenceFinding } from './checks/loss/divergence.ts'
import { defaultMargins, type DiagnosticMargins } from './results/margins.ts'
import type { RunObservables } from './observables/observables.ts'
import { recordedRange } from './observables/primarySeries.ts'
import { cutObservables } from './checks/segmentContext.ts'
import { findSegments, mainSegments } from './observables/segments.ts'
import { thinLongSeries } from './observables/thinLongSeries.ts'
import type { RunDiagnosis, SegmentDiagnosis, Verdict } from './verdict/verdictTypes.ts'

export interface DiagnoseOptions {
  /** Changed margins; the others have their default. */
  readonly margins?: Partial<DiagnosticMargins>
  /** Seed of the permutation tests; the same seed gives the same p-values. Default 1. */
  readonly seed?: number
  /** Called with the share that is done, in [0, 1]. */
  readonly onProgress?: (share: number) => void
  /** Asked between diagnostics; true makes `diagnoseRun` throw `DiagnosisCancelled`. */
  readonly isCancelled?: () => boolean
}

/** Thrown by `diagnoseRun` when `isCancelled` says so. */
export class DiagnosisCancelled extends Error {
  override readonly name = 'DiagnosisCancelled'
}

/** Checkpoints inside one segment: before each diagnostic. */
const checkpointCount = 20

/**
 * Diagnoses one run: divergence first, then every segment of constant hyper-parameters on its own (never pooled), then the verdict of the run.
 * Pure: the same observables, margins and seed give the same result.
 *
 * Observables are brought into order first (`conditionObservables`); what was done is told with the divergence.
 * Values from the first unusable one (NaN, infinite, too large to square) on are not judged, and the verdict is then `diverged`. A run without anything to judge gives `not-enough-samples`.
 *
 * @throws DiagnosisCancelled
 */
export function diagnoseRun(observables: RunObservables, options: DiagnoseOptions = {}): RunDiagnosis {
  const margins = { ...defaultMargins, ...options.margins }
  const { run, remarks } = conditionObservables(deriveRoles(observables))
  const divergence = diagnoseDivergence(run, margins, remarks)
  const recorded = recordedRange(run)
  if (!recorded) return emptyDiagnosis(run, divergence)
  const to = divergence.firstInvalidStep === undefined ? recorded.to : divergence.firstInvalidStep - 1
  const bounded = thinLongSeries(cutObservables(run, recorded.from, to))
  const ranges = findSegments(run, { from: recorded.from, to: Math.max(recorded.from, to) })
  let done = 0
  const checkpoint = () => {
    if (options.isCancelled?.()) throw new DiagnosisCancelled('The diagnosis was cancelled.')
    options.onProgress?.(Math.min(1, done / (ranges.length * checkpointCount)))
    done += 1
  }
  const segments = ranges.map((range) =>
    diagnoseSegment(bounded, range, { margins, seed: options.seed ?? 1, divergence, checkpoint }),
  )
  options.onProgress?.(1)
  const main = mainSegments(segments)
  return {
    id: run.runId,
    name: run.name,
    verdict: runVerdict(main, divergence),
    segments,
    diagnostics: main.at(-1)?.diagnostics ?? [divergence.result],
  }
}

/** The verdict of the only main segment, or `several-segments`. Short stretches, such as a warm-up, carry no verdict of the run. */
function runVerdict(main: readonly SegmentDiagnosis[], divergence: DivergenceFinding): Verdict {
  const last = main.at(-1)
  if (!last) return emptyVerdict(divergence)
  if (divergence.kind !== 'none' || main.length === 1) return last.verdict
  return {
    ...last.verdict,
    id: 'several-segments',
    summary: 'The hyper-parameters change during the run; each segment has its own verdict.',
    detail:
      main.map(({ from, to, verdict }) => `Steps ${from}–${to}: ${verdict.id.replaceAll('-', ' ')}`).join('. ') + '.',
  }
}

function emptyVerdict(divergence: DivergenceFinding): Verdict {
  return {
    id: 'not-enough-samples',
    summary: 'Nothing was recorded that could be judged.',
    detail: 'Record probes, or give the columns of an import their roles.',
    weakestLink: 'sample-size',
    evidence: [
      {
        diagnosticId: 'divergence',
        claim: 'Bounded',
        state: divergence.result.verdict,
        note: divergence.result.reason,
        isWeakest: false,
      },
    ],
  }
}

function emptyDiagnosis(run: RunObservables, divergence: DivergenceFinding): RunDiagnosis {
  return {
    id: run.runId,
    name: run.name,
    verdict: emptyVerdict(divergence),
    segments: [],
    diagnostics: [divergence.result],
  }
}
