import { unitSpace } from '../../format/characters.ts'
import { formatInterval } from '../../format/formatEstimate.ts'
import { formatNumber } from '../../format/formatNumber.ts'
import type { Decision, SegmentFindings } from './decideVerdict.ts'
import type { JudgedRange } from '../observables/segments.ts'
import type { DiagnosticId, DiagnosticResult } from '../results/diagnosticResult.ts'

/** The claim: one sentence without numbers that a referee would accept. */
export function verdictSummary(
  decision: Decision,
  findings: SegmentFindings,
  { isConstant, isDecaying = false }: Pick<JudgedRange, 'isConstant' | 'isDecaying'>,
): string {
  switch (decision.id) {
    case 'diverged':
      return findings.divergence === 'not-a-number'
        ? 'The record holds values that are not numbers: only what comes before them is judged, and no law of the whole run.'
        : 'The run diverged: it has no stationary law.'
    case 'no-variation':
      return 'Nothing that was recorded varies, so there is no law to judge.'
    case 'not-enough-samples':
      return missingSentence(decision, isConstant)
    case 'several-segments':
      return 'The hyper-parameters change during the run; each segment has its own verdict.'
    case 'still-descending':
      if (isDecaying) return 'The run still descends as the learning rate falls.'
      return isConstant ? 'The loss is still falling.' : 'The run still descends.'
    case 'drifting':
      return 'The law of the run is still changing.'
    case 'stationary-point':
      if (findings.weights === 'wandering')
        return 'The full gradient vanishes. The weights have not stopped: whether they come to rest is open.'
      return isDecaying
        ? 'The weights converge to a stationary point as the learning rate decays; no segment has a constant learning rate.'
        : 'The weights converge to a stationary point: the full gradient vanishes.'
    case 'limit-cycle':
      return 'The run has settled on a limit cycle: it moves periodically and does not come to rest.'
    case 'invariant-measure':
      return `${invariantSentence(findings)}${driftSentences[findings.lossDrift]}`
  }
}

function missingSentence({ decidedBy }: Decision, isConstant: boolean): string {
  if (!isConstant) return 'The learning rate changes all the time: no segment is long enough to hold a stationary law.'
  if (decidedBy === 'stationarity-gap')
    return 'The loss alone cannot tell a stationary point from a stationary law: a full gradient norm is needed.'
  return decidedBy === 'sample-size'
    ? 'There are not enough independent samples for a verdict.'
    : 'The record is too short to tell whether the run is stationary.'
}

const driftSentences = {
  none: '',
  down: ' Within its margin the loss still falls.',
  up: ' Within its margin the loss still rises.',
}

const wanderingWeights =
  'The loss has settled into a stationary law. The weights have not stopped, and show no stationary law of their own.'

/** Of the weights only what was found of them: that they move follows from the gradient, that they follow a law needs their own record. */
function invariantSentence({ gap, loss, windows, weights, outputs }: SegmentFindings): string {
  if (gap === 'missing') return withoutGap({ loss, windows, weights, outputs })
  if (gap === 'small') return 'The run has settled into a stationary law close to a stationary point.'
  if (loss === 'missing') return 'The run has settled into a stationary law; the full gradient does not vanish.'
  if (windows === 'weights-only' || weights === 'wandering') return wanderingWeights
  if (weights === 'confined') return 'The loss has settled. The weights have not stopped: they follow a stationary law.'
  return outputs === 'confined'
    ? 'The loss and the outputs of the network follow a stationary law. The weights have not stopped.'
    : 'The loss has settled into a stationary law. The weights have not stopped; what was recorded does not show a law of their own.'
}

function withoutGap({
  loss,
  windows,
  weights,
  outputs,
}: Pick<SegmentFindings, 'loss' | 'windows' | 'weights' | 'outputs'>): string {
  if (loss === 'missing' || weights === 'confined')
    return 'What was recorded follows one stationary law and does not come to rest.'
  if (windows === 'weights-only' || weights === 'wandering') return wanderingWeights
  return outputs === 'confined'
    ? 'The loss and the outputs of the network follow a stationary law and do not come to rest.'
    : 'The loss follows a stationary law and does not come to rest.'
}

/** At most two lines with the numbers that decided, and the weakest link. */
export function verdictDetail(
  decision: Decision,
  results: readonly DiagnosticResult[],
  weakestLink: DiagnosticId,
): string {
  const find = (id: DiagnosticId) => results.find((result) => result.id === id)
  const weakest = find(weakestLink)
  if (decision.id === 'invariant-measure') {
    const parts = [
      lossPart(find('loss-stabilisation')),
      gapPart(find('stationarity-gap')),
      weakestLink === 'sample-size' ? '' : samplePart(find('sample-size')),
    ]
    const numbers = parts.filter((part) => part !== '').join('; ')
    return `${capitalised(numbers)}. Weakest link: ${weakest?.title.toLowerCase() ?? weakestLink} (${weakest?.reason ?? 'not judged'}).`
  }
  return `${capitalised(find(decision.decidedBy)?.reason ?? '')}.`
}

function lossPart(loss: DiagnosticResult | undefined): string {
  if (!loss || !Number.isFinite(loss.estimate)) return ''
  const drift = formatInterval(100 * loss.estimate, 100 * loss.low, 100 * loss.high)
  return `the loss drifts by ${drift}${unitSpace}% ${loss.unit} (margin ±${unitSpace}${formatNumber(100 * loss.marginHigh, 2)}${unitSpace}%)`
}

function gapPart(gap: DiagnosticResult | undefined): string {
  return gap && Number.isFinite(gap.estimate)
    ? `${gap.symbol} stays at ${formatInterval(gap.estimate, gap.low, gap.high)}`
    : ''
}

function samplePart(size: DiagnosticResult | undefined): string {
  return size && Number.isFinite(size.estimate) ? `${formatNumber(size.estimate)} effective samples` : ''
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
