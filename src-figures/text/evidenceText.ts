import type { DiagnosticId, DiagnosticResult, NamedNumber } from '#core/diagnostics/results/diagnosticResult.ts'
import { unitSpace } from '#core/format/characters.ts'
import { formatIntervalParts } from '#core/format/formatEstimate.ts'
import { formatExact } from '#core/format/formatExact.ts'
import { formatNumber } from '#core/format/formatNumber.ts'
import { formatPValue } from '#core/format/formatPValue.ts'
import { detailValue } from './detailValue.ts'

/** What a link of the chain says: its estimate, and one line with the interval and the limit. */
export interface EvidenceText {
  readonly estimate: string
  readonly limit: string
}

/** `isKnown` is false for a link that cannot be judged. */
export type LinkText = EvidenceText & { readonly isKnown: boolean }

const percent = (share: number): string => `${formatNumber(100 * share)}${unitSpace}%`

/** A difference of this size is rounding: floating-point sums do not come closer to zero. */
const roundingError = 1e-12

function lossText(result: DiagnosticResult): EvidenceText {
  const parts = formatIntervalParts(100 * result.estimate, 100 * result.low, 100 * result.high)
  const isZero = Math.abs(result.estimate) < roundingError
  return {
    estimate: isZero ? `0${unitSpace}%` : `${result.estimate > 0 ? '+' : ''}${parts.value}${unitSpace}%`,
    limit: `${isZero || parts.interval === '' ? '' : `${parts.interval}, `}limit ${formatNumber(100 * result.marginHigh, 2)}${unitSpace}%`,
  }
}

/** The p that the reason tells, too. */
function decidingP({ details }: DiagnosticResult): NamedNumber | undefined {
  return details.find(({ label, value }) => label.startsWith('p of the deciding test') && Number.isFinite(value))
}

function windowText(result: DiagnosticResult): EvidenceText {
  const p = decidingP(result)
  const ratio = Number.isFinite(result.estimate)
    ? `W₁ ratio ${formatNumber(result.estimate)}, limit ${formatExact(result.threshold)}`
    : 'distances between the halves'
  return { estimate: p ? formatPValue(p.value) : formatNumber(result.estimate), limit: ratio }
}

function gapText(result: DiagnosticResult): EvidenceText {
  const parts = formatIntervalParts(result.estimate, result.low, result.high)
  const vanishes = result.estimate <= result.threshold
  return {
    // Without its interval the value has the digits of any other number.
    estimate: vanishes ? formatNumber(result.estimate) : parts.value,
    limit: vanishes
      ? `zero is below ${formatNumber(result.threshold, 2)}`
      : parts.interval === ''
        ? `above ${formatNumber(result.threshold, 2)}`
        : `${parts.interval}, above 0`,
  }
}

function balanceText(result: DiagnosticResult): EvidenceText {
  const { value, interval } = formatIntervalParts(result.estimate, result.low, result.high)
  const limit = `limit ${formatNumber(result.marginHigh, 2)}`
  return { estimate: value, limit: interval === '' ? limit : `${interval}, ${limit}` }
}

function displacementText(result: DiagnosticResult): EvidenceText {
  const { value, interval } = formatIntervalParts(result.estimate, result.low, result.high)
  const limit = `limit ${formatExact(result.threshold)}`
  if (Math.abs(result.estimate) < roundingError) return { estimate: 'γ = 0', limit }
  return { estimate: `γ = ${value}`, limit: interval === '' ? limit : `${interval}, ${limit}` }
}

function sharpnessText(result: DiagnosticResult): EvidenceText {
  // That of the preconditioned Hessian stands against the threshold of Adam.
  const plain = detailValue(result, 'mean sharpness')
  const sharpness = Number.isNaN(plain) ? detailValue(result, 'mean preconditioned sharpness') : plain
  return {
    estimate: `λ = ${formatNumber(sharpness)}`,
    limit: `${percent(result.estimate)} of ${formatNumber(detailValue(result, 'threshold'))}`,
  }
}

const texts: Partial<Record<DiagnosticId, (result: DiagnosticResult) => EvidenceText>> = {
  'sample-size': (result) => ({
    estimate: `ESS ${formatNumber(result.estimate)}`,
    limit: `limit ${formatExact(result.threshold)}, τ ${formatNumber(result.autocorrelationTime)}`,
  }),
  'loss-stabilisation': lossText,
  'window-distance': windowText,
  displacement: displacementText,
  'stationarity-gap': gapText,
  balance: balanceText,
  'limit-cycle': cycleText,
  sharpness: sharpnessText,
  divergence: (result) => divergenceText(result),
}

/** Both must reach the limit; the smaller is the estimate. */
function cycleText(result: DiagnosticResult): EvidenceText {
  const isLine = detailValue(result, 'share of the line') <= detailValue(result, 'persistence')
  return {
    estimate: percent(result.estimate),
    limit: `${isLine ? 'in one line' : 'persistence'}, limit ${formatExact(100 * result.threshold)}${unitSpace}%`,
  }
}

function divergenceText(result: DiagnosticResult): EvidenceText {
  const growth = Number.isFinite(result.estimate) ? `final/initial ${formatNumber(result.estimate)}` : result.reason
  const firstInvalid = detailValue(result, 'first invalid step')
  if (result.verdict !== 'fail') return { estimate: 'finite', limit: growth }
  return Number.isFinite(firstInvalid)
    ? { estimate: `step ${formatExact(firstInvalid)}`, limit: 'first value that is not finite' }
    : { estimate: 'grows', limit: growth }
}

/** The clause after `cannot say:`, or the reason as it is. */
export function missingReason(reason: string): string {
  return reason.replace(/^cannot say: /, '')
}

/** The text of a link. A diagnostic without a number, or with numbers that nothing can be judged by, says so, and why. */
export function evidenceText(result: DiagnosticResult): LinkText {
  const hasNumber = result.id === 'divergence' || Number.isFinite(result.estimate) || decidingP(result) !== undefined
  const isKnown = hasNumber && result.isJudged
  if (!isKnown) return { estimate: 'cannot say', limit: missingReason(result.reason), isKnown }
  const text = texts[result.id]?.(result) ?? { estimate: formatNumber(result.estimate), limit: result.reason }
  return { ...text, isKnown }
}
