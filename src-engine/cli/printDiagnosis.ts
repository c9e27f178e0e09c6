import type { CheckState, DiagnosticResult } from '#core/diagnostics/results/diagnosticResult.ts'
import { linkState } from '#core/diagnostics/verdict/linkState.ts'
import { defaultMargins, type DiagnosticMargins } from '#core/diagnostics/results/margins.ts'
import { neededText } from '#core/diagnostics/verdict/missingSamples.ts'
import { mainSegments } from '#core/diagnostics/observables/segments.ts'
import type { RunDiagnosis, SegmentDiagnosis, Verdict } from '#core/diagnostics/verdict/verdictTypes.ts'
import { unitSpace } from '#core/format/characters.ts'
import { formatInterval } from '#core/format/formatEstimate.ts'
import { isVerdictId, verdictNames } from '#core/format/verdictNames.ts'
import { counted, padText, printable, printLine, printText, textWidth } from './output.ts'

type TransientMargin = Pick<DiagnosticMargins, 'transientShare'>

export interface DiagnosisLayout {
  readonly margins?: TransientMargin
  /** What is told once for all runs that are printed, and left out of each. */
  readonly toldElsewhere?: readonly DiagnosticResult[]
}

const states: Readonly<Record<CheckState, string>> = { pass: 'pass', warn: 'warn', fail: 'fail', unknown: '?' }

/** Begins the lines of a diagnostic: its state and its title. */
const stateWidth = 6
/** Of the numbers below it: a little to the right of the titles, so that these stand out. */
const numbersIndentation = ' '.repeat(2 + stateWidth + 2)

/** The verdict first, then what each diagnostic says with the numbers that decided, then what could not be said and what would change that. */
export function printDiagnosis(
  diagnosis: RunDiagnosis,
  { margins = defaultMargins, toldElsewhere = [] }: DiagnosisLayout = {},
): void {
  printLine(`${printable(diagnosis.name)}: ${verdictTitle(diagnosis.verdict.id)}`)
  printText(diagnosis.verdict.summary, '  ')
  const [only, ...others] = diagnosis.segments
  // The list of segments says what the detail would.
  if (diagnosis.verdict.id !== 'several-segments') printText(diagnosis.verdict.detail, '  ')
  if (only && others.length === 0) printMissing(only, margins, '  ')
  else for (const segment of diagnosis.segments) printSegment(segment, margins)
  const titleWidth = widestTitle(diagnosis.diagnostics)
  printLine()
  const shown = mainSegments(diagnosis.segments).at(-1)
  if (shown && diagnosis.segments.length > 1)
    printText(`judged in steps ${shown.from} to ${shown.to}; those of the others: --json`, '  ')
  const refused = diagnosis.diagnostics.filter(({ isJudged }) => !isJudged)
  for (const result of diagnosis.diagnostics.filter((each) => !isSilent(each) && !refused.includes(each)))
    printResult(result, (shown ?? diagnosis).verdict, titleWidth)
  if (refused.length > 0)
    printText(
      `Not judged, because the run diverged and has no law: ${refused.map(({ title }) => title).join(', ')}.`,
      numbersIndentation,
    )
  const silent = diagnosis.diagnostics.filter(
    (each) => isSilent(each) && !refused.includes(each) && !isToldIn(toldElsewhere, each),
  )
  printLine()
  printSilent('not judged', silent, titleWidth)
  if (silent.length > 0) printLine()
}

/** What no run of several could be judged by, for the same reason. */
export function silentInAll(diagnoses: readonly RunDiagnosis[]): DiagnosticResult[] {
  const [first, ...others] = diagnoses.map(({ diagnostics }) => diagnostics.filter(isSilent))
  return (first ?? []).filter((result) => others.every((silent) => isToldIn(silent, result)))
}

/** Diagnostics that could not be judged, each with what it would need. */
export function printSilent(
  heading: string,
  silent: readonly DiagnosticResult[],
  titleWidth = widestTitle(silent),
): void {
  if (silent.length > 0) printLine(`  ${heading}`)
  for (const { title, reason } of silent)
    printText(reason.replace(/^cannot say: /, ''), `  ${' '.repeat(stateWidth)}${padText(title, titleWidth)}  `)
}

function isSilent({ verdict, sampleSize }: DiagnosticResult): boolean {
  return verdict === 'unknown' && sampleSize === 0
}

function isToldIn(results: readonly DiagnosticResult[], { id, reason }: DiagnosticResult): boolean {
  return results.some((other) => other.id === id && other.reason === reason)
}

function widestTitle(results: readonly DiagnosticResult[]): number {
  return Math.max(0, ...results.map(({ title }) => textWidth(title)))
}

/** As the chain of evidence has it: a cycle supports the verdict of one, and a converging run needs no samples. */
function asLink(result: DiagnosticResult, verdict: Verdict): DiagnosticResult {
  const link = verdict.evidence.find(({ diagnosticId }) => diagnosticId === result.id)
  return { ...result, verdict: linkState(result, verdict), reason: link?.note ?? result.reason }
}

/** A result, as the chain of the verdict has it (`asLink`). */
function printResult(result: DiagnosticResult, chain: Verdict, titleWidth: number): void {
  const { title, summary, verdict, reason } = asLink(result, chain)
  printText(summary, `  ${states[verdict].padEnd(stateWidth)}${padText(title, titleWidth)}  `)
  printText(numbersText({ ...result, reason }), numbersIndentation)
}

/** What decided, in the diagnostic's own words; its interval and its sample size where these do not tell them. What cannot be said has no number. */
function numbersText({ reason, symbol, estimate, low, high, unit, sampleSize, verdict }: DiagnosticResult): string {
  const interval = formatInterval(estimate, low, high)
  const isTold = reason.includes('[') || !interval.includes('[') || verdict === 'unknown'
  const isCounted = new RegExp(`(?<![\\d.])${sampleSize} (?:judged points|simulated series|rows of)\\b`).test(reason)
  const points = counted(sampleSize, 'point').replace(' ', unitSpace)
  return [reason, isTold ? '' : `${symbol} ${interval} ${unit}`.trim(), isCounted ? '' : points]
    .filter(Boolean)
    .join('; ')
}

function printSegment(segment: SegmentDiagnosis, margins: TransientMargin): void {
  const { from, to, verdict } = segment
  printLine(`  steps ${from} to ${to}: ${verdictTitle(verdict.id)}`)
  printText(verdict.summary, '    ')
  printText(verdict.detail, '    ')
  printMissing(segment, margins, '    ')
}

/** How far a segment without enough samples is from a verdict. */
function printMissing(segment: SegmentDiagnosis, margins: TransientMargin, indentation: string): void {
  const needed = neededText(segment, margins)
  if (needed !== '') printText(needed, indentation)
}

export function verdictTitle(id: string): string {
  return isVerdictId(id) ? verdictNames[id].toLowerCase() : id
}
