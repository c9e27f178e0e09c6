import { formatNumber } from '../../format/formatNumber.ts'
import type { LawFinding, ObservableAcrossRuns } from './acrossRunsTypes.ts'
import { strictRhat, type LawComparison } from './compareLaws.ts'
import type { DiagnosticMargins } from '../results/margins.ts'

interface Judged {
  readonly comparison: LawComparison
  readonly runCount: number
  readonly margins: DiagnosticMargins
}

/** Whether one observable follows one law in all runs, and the numbers that say so; for what is unresolved, what is missing. */
export function judgeObservable(observable: string, isDeciding: boolean, judged: Judged): ObservableAcrossRuns {
  const { rhat, rhatScatter, effectiveSampleSize, sampleSize } = judged.comparison
  const finding = findLaw(judged)
  const reason =
    finding === 'unresolved'
      ? `${rhatText({ observable, rhat })}, ${whatIsMissing(judged)}`
      : `${rhatText({ observable, rhat })}, by chance up to ${formatNumber(rhatScatter, 4)}${finding === 'equal' ? `, limit ${formatNumber(judged.margins.rhatLimit, 4)}` : ''}`
  return { observable, isDeciding, finding, rhat, rhatScatter, effectiveSampleSize, sampleSize, reason }
}

/** `R̂ of loss is 1.002`, with which every reason begins. */
function rhatText({ observable, rhat }: Pick<ObservableAcrossRuns, 'observable' | 'rhat'>): string {
  return `R̂ of ${observable} is ${formatNumber(rhat, 4)}`
}

/** The reasons of several observables as clauses, what they have in common said once: `R̂ of loss is 1.002, R̂ of weights is 1.003, with 3 runs; 4 are needed`. */
export function joinReasons(
  observables: readonly Pick<ObservableAcrossRuns, 'observable' | 'rhat' | 'reason'>[],
): string {
  const found = new Map<string, string[]>()
  for (const one of observables) {
    const missing = one.reason.slice(rhatText(one).length)
    found.set(missing, [...(found.get(missing) ?? []), rhatText(one)])
  }
  return [...found].map(([missing, rhats]) => `${rhats.join(', ')}${missing}`).join('; ')
}

function findLaw({ comparison, runCount, margins }: Judged): LawFinding {
  const { rhat, rhatScatter, isDifferent, effectiveSampleSize } = comparison
  if (isDifferent) return 'different'
  const isEnough = runCount >= margins.minimumChainCount && effectiveSampleSize >= margins.minimumEffectiveSampleSize
  return rhat <= Math.min(margins.rhatLimit, rhatScatter) && isEnough ? 'equal' : 'unresolved'
}

function whatIsMissing({ comparison, runCount, margins }: Judged): string {
  const { rhat, rhatScatter, effectiveSampleSize } = comparison
  if (Number.isNaN(rhat)) return 'for nothing varies'
  const { minimumChainCount, minimumEffectiveSampleSize } = margins
  const isShort = effectiveSampleSize < minimumEffectiveSampleSize
  const isFew = runCount < minimumChainCount
  const have = [
    ...(isShort ? [`${formatNumber(effectiveSampleSize)} effective samples in a run`] : []),
    ...(isFew ? [`${runCount} runs`] : []),
  ]
  const need = [...(isShort ? [minimumEffectiveSampleSize] : []), ...(isFew ? [minimumChainCount] : [])]
  if (have.length > 0) return `with ${have.join(' and ')}; ${need.join(' and ')} are needed`
  if (rhat > rhatScatter)
    return `above what chance gives, ${formatNumber(rhatScatter, 4)}, though below the ${formatNumber(strictRhat, 4)} of a clear difference`
  return `above ${formatNumber(margins.rhatLimit, 4)}, and chance alone reaches ${formatNumber(rhatScatter, 4)}`
}
