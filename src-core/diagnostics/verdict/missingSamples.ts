import { formatCounted } from '../../format/formatCount.ts'
import { formatExact } from '../../format/formatExact.ts'
import { formatNumber } from '../../format/formatNumber.ts'
import { unitSpace } from '../../format/characters.ts'
import type { DiagnosticId, DiagnosticResult } from '../results/diagnosticResult.ts'
import type { DiagnosticMargins } from '../results/margins.ts'
import { levelShiftLabel } from '../checks/samples/sampleSize.ts'
import type { SegmentDiagnosis } from './verdictTypes.ts'

/** How far a segment is from a verdict. Numbers that cannot be told are NaN. */
export interface MissingSamples {
  readonly have: number
  readonly need: number
  /** Further steps at the same cadence and learning rate until there are enough. */
  readonly moreSteps: number
  /** Whether the recorded points are independent as they are: recorded more often, the same steps would hold more samples. */
  readonly isSparse: boolean
}

/** `have 12, need 50 effective samples: about 800 more steps at this learning rate` */
export function missingSamplesText(
  { have, need, moreSteps, isSparse }: MissingSamples,
  { hyperparameters }: Pick<SegmentDiagnosis, 'hyperparameters'>,
): string {
  const rate = hyperparameters.learningRate === undefined ? '' : ' at this learning rate'
  const more = Number.isFinite(moreSteps) ? `: about ${formatCounted(aboutAsMany(moreSteps), 'more step')}${rate}` : ''
  const oftener = isSparse ? `${more === '' ? ': ' : ', or '}points recorded more often` : ''
  return `have ${formatNumber(have, 2)}, need ${formatExact(need)} effective samples${more}${oftener}`
}

/** Autocorrelation time in points below which they are as good as independent. */
const independentPoints = 1.5

/** Rounded up to two significant digits: an autocorrelation time is known no better. */
function aboutAsMany(steps: number): number {
  const place = 10 ** Math.max(0, Math.floor(Math.log10(steps)) - 1)
  return Math.ceil(steps / place) * place
}

/**
 * Independent samples that are there and that are needed, and how many steps that is: the judged part must hold `need` autocorrelation times,
 * and a share of every segment is dropped as transient. Null when the samples suffice or nothing varies. After a jump of the level the steps are not known: the memory that counts is hidden by it.
 */
export function missingSamples(
  segment: SegmentDiagnosis,
  margins: Pick<DiagnosticMargins, 'transientShare'>,
): MissingSamples | null {
  const result = segment.diagnostics.find(({ id }) => id === 'sample-size')
  if (!result || result.verdict !== 'fail' || !(result.estimate < result.threshold)) return null
  const stepsPerPoint = (segment.to - segment.transientEnd) / Math.max(1, result.sampleSize - 1)
  const moreSteps = stepsUntilJudged(segment, result.threshold * result.autocorrelationTime * stepsPerPoint, margins)
  const hasJumped = result.details.some(({ label }) => label === levelShiftLabel)
  return {
    have: result.estimate,
    need: result.threshold,
    moreSteps: segment.isConstant && moreSteps > 0 && !hasJumped ? moreSteps : Number.NaN,
    isSparse: stepsPerPoint > 1 && result.autocorrelationTime < independentPoints && !hasJumped,
  }
}

type TransientMargin = Pick<DiagnosticMargins, 'transientShare'>

/** Further steps until so many are judged: of every segment a share is dropped as transient. */
function stepsUntilJudged({ from, to }: SegmentDiagnosis, judged: number, { transientShare }: TransientMargin): number {
  return Math.ceil(judged / (1 - transientShare) - (to - from + 1))
}

/**
 * What a segment without enough samples would need for a verdict, as a clause; empty for every other verdict, and where its own sentences say it (a role that is missing).
 * Too few effective samples: how many more steps. Enough of them, but an interval too wide to decide: how much narrower, and how many steps that takes if nothing drifts.
 */
export function neededText(segment: SegmentDiagnosis, margins: TransientMargin): string {
  if (segment.verdict.id !== 'not-enough-samples') return ''
  const samples = missingSamples(segment, margins)
  if (!segment.isConstant)
    return `${samples ? `${missingSamplesText(samples, segment)}, in` : 'needs'} a stretch of constant learning rate`
  return samples ? missingSamplesText(samples, segment) : narrowerText(segment, margins)
}

function narrowerText(segment: SegmentDiagnosis, margins: TransientMargin): string {
  const loss = undecided(segment, 'loss-stabilisation')
  if (loss) return driftText(segment, loss, margins)
  const gap = undecided(segment, 'stationarity-gap')
  return gap ? gapText(segment, gap, margins) : ''
}

/**
 * The interval is half as wide as the margin when a run without drift shows it in nine of ten cases. Where it is that narrow already, what keeps the verdict open is where the estimate lies:
 * the interval must then be narrower than its distance from the margin.
 */
function driftText(segment: SegmentDiagnosis, loss: DiagnosticResult, margins: TransientMargin): string {
  const half = (loss.high - loss.low) / 2
  const percent = (share: number) => `±${unitSpace}${formatNumber(100 * share, 2)}${unitSpace}%`
  const known = `the drift of the loss is known to ${percent(half)} ${loss.unit}`
  const isOutside = loss.low > loss.marginHigh || loss.high < -loss.marginHigh
  if (isOutside)
    return `${known}, which leaves out the margin of ${percent(loss.marginHigh)}, but may be chance: more steps`
  const isWide = half > loss.marginHigh / 2
  const wanted = isWide ? loss.marginHigh / 2 : Math.abs(loss.marginHigh - Math.abs(loss.estimate))
  const gain = isWide
    ? `${percent(wanted)} would show a run without drift to have none`
    : `${percent(wanted)} would tell the estimate from the margin of ${percent(loss.marginHigh)}`
  const steps = stepsText(segment, (half / wanted) ** 2, margins)
  return `${known}; ${gain}${steps === '' ? '' : `: ${steps} if ${isWide ? 'nothing drifts' : 'the estimate stays'}`}`
}

function gapText(segment: SegmentDiagnosis, gap: DiagnosticResult, margins: TransientMargin): string {
  const half = (gap.high - gap.low) / 2
  const known = `${gap.symbol} is known to ±${unitSpace}${formatNumber(half, 2)}`
  const wanted = (gap.estimate - gap.threshold) / 2
  // An estimate below what counts as zero does not say how close to it the gradient is.
  if (!(wanted > 0 && half > wanted))
    return `${known}, which does not tell it from zero: more steps, or gradients of larger batches`
  const steps = stepsText(segment, (half / wanted) ** 2, margins)
  return `${known}; ±${unitSpace}${formatNumber(wanted, 2)} would tell${steps === '' ? '' : `: ${steps} if nothing drifts`}`
}

function undecided({ diagnostics }: SegmentDiagnosis, id: DiagnosticId): DiagnosticResult | undefined {
  const result = diagnostics.find((candidate) => candidate.id === id)
  return result?.verdict === 'unknown' && result.high > result.low && result.high - result.low < Infinity
    ? result
    : undefined
}

/** The half-width of an interval falls as the root of the number of steps. */
function stepsText(segment: SegmentDiagnosis, factor: number, margins: TransientMargin): string {
  const moreSteps = stepsUntilJudged(segment, factor * (segment.to - segment.transientEnd + 1), margins)
  return Number.isFinite(moreSteps) && moreSteps > 0
    ? `about ${formatCounted(aboutAsMany(moreSteps), 'more step')}`
    : ''
}
