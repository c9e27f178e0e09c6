import type { AcrossRunsDiagnosis } from '#core/diagnostics/acrossRuns/acrossRunsTypes.ts'
import type { DiagnosticId, DiagnosticResult } from '#core/diagnostics/results/diagnosticResult.ts'
import type { DiagnosticMargins } from '#core/diagnostics/results/margins.ts'
import { mainSegments } from '#core/diagnostics/observables/segments.ts'
import type { RunDiagnosis, SegmentDiagnosis } from '#core/diagnostics/verdict/verdictTypes.ts'
import { missingMark } from '#core/format/characters.ts'
import { formatInterval } from '#core/format/formatEstimate.ts'
import { formatNumber } from '#core/format/formatNumber.ts'
import { counted, printLine, printTable } from './output.ts'
import { printAcrossRuns } from './printAcrossRuns.ts'
import { printDiagnosis, printSilent, silentInAll, verdictTitle } from './printDiagnosis.ts'

/** What the runs say together, a table of them, then each, and at the end what none of them could be judged by. */
export function printSeveralRuns(
  diagnoses: readonly RunDiagnosis[],
  acrossRuns: AcrossRunsDiagnosis,
  margins: DiagnosticMargins,
): void {
  printAcrossRuns(acrossRuns)
  printOverview(diagnoses)
  const toldElsewhere = silentInAll(diagnoses)
  for (const diagnosis of diagnoses) printDiagnosis(diagnosis, { margins, toldElsewhere })
  printSilent(`not judged in any of the ${counted(diagnoses.length, 'run')}`, toldElsewhere)
}

interface OverviewRow {
  readonly diagnosis: RunDiagnosis
  /** The segment that carries the verdict. */
  readonly segment: SegmentDiagnosis | undefined
}

function printOverview(diagnoses: readonly RunDiagnosis[]): void {
  const rows = diagnoses.map((diagnosis) => ({
    diagnosis,
    segment: mainSegments(diagnosis.segments).at(-1),
  }))
  printTable<OverviewRow>(
    [
      { title: 'RUN', cell: ({ diagnosis }) => diagnosis.name },
      { title: 'VERDICT', cell: ({ diagnosis }) => verdictTitle(diagnosis.verdict.id) },
      { title: 'ESS', align: 'right', cell: ({ segment }) => numberText(resultOf(segment, 'sample-size')?.estimate) },
      { title: 'MEAN ‖∇f‖²', cell: ({ segment }) => gapText(segment) },
      {
        title: 'STEPS JUDGED',
        cell: ({ segment }) => (segment ? `${segment.transientEnd}–${segment.to}` : missingMark),
      },
    ],
    rows,
  )
  printLine()
}

function resultOf(segment: SegmentDiagnosis | undefined, wanted: DiagnosticId): DiagnosticResult | undefined {
  return segment?.diagnostics.find(({ id, isJudged }) => id === wanted && isJudged)
}

function numberText(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? missingMark : formatNumber(value)
}

function gapText(segment: SegmentDiagnosis | undefined): string {
  const gap = resultOf(segment, 'stationarity-gap')
  return gap && Number.isFinite(gap.estimate) ? formatInterval(gap.estimate, gap.low, gap.high) : missingMark
}
