import type { CheckState, DiagnosticResult } from '#core/diagnostics/diagnosticResult.ts'
import { linkState } from '#core/diagnostics/linkState.ts'
import { defaultMargins, type DiagnosticMargins } from '#core/diagnostics/margins.ts'
import { missingSamples, missingSamplesText } from '#core/diagnostics/missingSamples.ts'
import { mainSegments } from '#core/diagnostics/segments.ts'
import type { RunDiagnosis, SegmentDiagnosis, Verdict } from '#core/diagnostics/verdictTypes.ts'
import { formatInterval } from '#core/format/formatEstimate.ts'
import { isVerdictId, verdictNames } from '#core/format/verdictNames.ts'
import { counted, printable, printLine } from './output.ts'

type TransientMargin = Pick<DiagnosticMargins, 'transientShare'>

const states: Readonly<Record<CheckState, string>> = { pass: 'pass', warn: 'warn', fail: 'fail', unknown: '?' }

/** The verdict first, then what each diagnostic says with the numbers that decided, then what could not be said and what would change that. */
export function printDiagnosis(diagnosis: RunDiagnosis, margins: TransientMargin = defaultMargins): void {
  printLine(`${printable(diagnosis.name)}: ${verdictTitle(diagnosis.verdict.id)}`)
  printLine(`  ${diagnosis.verdict.summary}`)
  for (const line of diagnosis.verdict.detail.split('\n')) printLine(`  ${printable(line)}`)
  const [only, ...others] = diagnosis.segments
  if (only && others.length === 0) printMissing(only, margins, '  ')
  else for (const segment of diagnosis.segments) printSegment(segment, margins)
  const isSilent = ({ verdict, sampleSize }: DiagnosticResult) => verdict === 'unknown' && sampleSize === 0
  const titleWidth = Math.max(0, ...diagnosis.diagnostics.map(({ title }) => title.length))
  printLine()
  const shown = mainSegments(diagnosis.segments).at(-1)
  if (shown && diagnosis.segments.length > 1)
    printLine(`  judged in steps ${shown.from} to ${shown.to}; those of the others: --json`)
  for (const result of diagnosis.diagnostics.filter((each) => !isSilent(each)))
    printResult(asLink(result, (shown ?? diagnosis).verdict), titleWidth)
  const silent = diagnosis.diagnostics.filter(isSilent)
  if (silent.length > 0) printLine('\n  not judged')
  for (const { title, reason } of silent)
    printLine(`        ${title.padEnd(titleWidth)}  ${printable(reason.replace(/^cannot say: /, ''))}`)
  printLine()
}

/** As the chain of evidence has it: a cycle supports the verdict of one, and a converging run needs no samples. */
function asLink(result: DiagnosticResult, verdict: Verdict): DiagnosticResult {
  const link = verdict.evidence.find(({ diagnosticId }) => diagnosticId === result.id)
  return { ...result, verdict: linkState(result, verdict), reason: link?.note ?? result.reason }
}

function printResult({ title, verdict, summary, ...numbers }: DiagnosticResult, titleWidth: number): void {
  printLine(`  ${states[verdict].padEnd(4)}  ${title.padEnd(titleWidth)}  ${summary}`)
  printLine(`        ${' '.repeat(titleWidth)}  ${printable(numbersText(numbers))}`)
}

/** What decided, in the diagnostic's own words; its interval where these do not tell it. */
function numbersText(result: Omit<DiagnosticResult, 'title' | 'verdict' | 'summary'>): string {
  const { reason, symbol, estimate, low, high, unit, sampleSize } = result
  const hasInterval = Number.isFinite(estimate) && Number.isFinite(low) && Number.isFinite(high)
  const interval =
    hasInterval && !reason.includes('[') ? `${symbol} ${formatInterval(estimate, low, high)} ${unit}`.trim() : ''
  return [reason, interval, counted(sampleSize, 'point')].filter(Boolean).join('; ')
}

function printSegment(segment: SegmentDiagnosis, margins: TransientMargin): void {
  const { from, to, verdict } = segment
  printLine(`  steps ${from} to ${to}: ${verdictTitle(verdict.id)}`)
  printLine(`    ${printable(verdict.summary)}`)
  printMissing(segment, margins, '    ')
}

/** How far a segment without enough samples is from a verdict. */
function printMissing(segment: SegmentDiagnosis, margins: TransientMargin, indentation: string): void {
  const missing = segment.verdict.id === 'not-enough-samples' ? missingSamples(segment, margins) : null
  if (missing) printLine(`${indentation}${missingSamplesText(missing, segment)}`)
}

function verdictTitle(id: string): string {
  return isVerdictId(id) ? verdictNames[id].toLowerCase() : id
}
