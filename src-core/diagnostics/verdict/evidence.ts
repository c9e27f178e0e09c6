import type { CheckState, DiagnosticId, DiagnosticResult } from '../results/diagnosticResult.ts'
import type { Decision, SegmentFindings } from './decideVerdict.ts'
import type { EvidenceLink } from './verdictTypes.ts'

/** The order of the chain: that of the verdict's logic. */
const chain: readonly DiagnosticId[] = [
  'divergence',
  'sample-size',
  'loss-stabilisation',
  'window-distance',
  'displacement',
  'stationarity-gap',
  'balance',
  'limit-cycle',
  'sharpness',
]

const severity: Record<CheckState, number> = { fail: 3, unknown: 2, warn: 1, pass: 0 }

/**
 * The chain of evidence for a decision. The weakest link is the diagnostic that decided when the verdict is not positive;
 * for a stationary point, a cycle or an invariant measure it is the link that supports the verdict least: the one with the worst state, and among equal ones that which comes nearest to its limit, its interval included.
 */
export function buildEvidence(
  decision: Decision,
  results: readonly DiagnosticResult[],
  findings: SegmentFindings,
): { evidence: EvidenceLink[]; weakestLink: DiagnosticId } {
  const links = chain.flatMap((id) => {
    const result = results.find((candidate) => candidate.id === id)
    return result
      ? [
          {
            diagnosticId: id,
            claim: claimOf(id, decision, findings),
            state: supportOf(decision, result),
            note: isNotNeeded(decision, result) ? `${result.reason}; this verdict does not need it` : result.reason,
          },
        ]
      : []
  })
  const weakestLink = isPositive(decision) ? weakestOf(decision, links, results) : decision.decidedBy
  return { evidence: links.map((link) => ({ ...link, isWeakest: link.diagnosticId === weakestLink })), weakestLink }
}

function isPositive({ id }: Decision): boolean {
  return id === 'invariant-measure' || id === 'stationary-point' || id === 'limit-cycle'
}

function claimOf(id: DiagnosticId, decision: Decision, findings: SegmentFindings): string {
  const vanishes = decision.id === 'stationary-point' || findings.gap === 'vanishing'
  const claims: Partial<Record<DiagnosticId, string>> = {
    divergence: 'Bounded',
    'sample-size': 'Enough samples',
    'loss-stabilisation': 'Loss stable',
    'window-distance': 'Windows equal',
    displacement: findings.displacement === 'resting' ? 'Coming to rest' : 'Motion confined',
    'stationarity-gap': vanishes ? 'Gradient vanishes' : 'Gradient gap',
    balance: 'Balance',
    'limit-cycle': decision.id === 'limit-cycle' ? 'Cycle' : 'No cycle',
    sharpness: 'Below the edge',
  }
  return claims[id] ?? id
}

/** How a result supports this decision. A cycle is evidence for `limit-cycle`; a converging run needs neither samples, nor windows, nor balance. */
function supportOf(decision: Decision, result: DiagnosticResult): CheckState {
  if (decision.id === 'limit-cycle' && result.id === 'limit-cycle') return 'pass'
  return isNotNeeded(decision, result) ? 'unknown' : result.verdict
}

function isNotNeeded(decision: Decision, { id, verdict }: DiagnosticResult): boolean {
  return verdict === 'fail' && (optionalLinks[decision.id]?.includes(id) ?? false)
}

const optionalLinks: Partial<Record<Decision['id'], readonly DiagnosticId[]>> = {
  'stationary-point': [
    'sample-size',
    'loss-stabilisation',
    'window-distance',
    'displacement',
    'balance',
    'limit-cycle',
  ],
  'limit-cycle': ['sample-size', 'loss-stabilisation', 'window-distance', 'displacement', 'balance'],
}

/** Links that a verdict rests on, most telling first; among equals the first is named. */
const supportingLinks: Partial<Record<Decision['id'], readonly DiagnosticId[]>> = {
  'invariant-measure': [
    'stationarity-gap',
    'window-distance',
    'loss-stabilisation',
    'sample-size',
    'displacement',
    'balance',
    'limit-cycle',
  ],
  'stationary-point': ['stationarity-gap', 'loss-stabilisation'],
  'limit-cycle': ['limit-cycle', 'stationarity-gap'],
}

function weakestOf(
  decision: Decision,
  links: readonly { diagnosticId: DiagnosticId; state: CheckState }[],
  results: readonly DiagnosticResult[],
): DiagnosticId {
  const supporting = (supportingLinks[decision.id] ?? []).flatMap(
    (id) => links.find(({ diagnosticId }) => diagnosticId === id) ?? [],
  )
  const usage = ({ diagnosticId }: { diagnosticId: DiagnosticId }) => {
    const result = results.find(({ id }) => id === diagnosticId)
    return result ? usageOfMargin(result, decision) : 0
  }
  const [weakest] = supporting.toSorted((a, b) => severity[b.state] - severity[a.state] || usage(b) - usage(a))
  return weakest?.diagnosticId ?? decision.decidedBy
}

/** How much of its margin a result uses, its interval included: 1 at the limit; 0 where that cannot be told. */
function usageOfMargin(result: DiagnosticResult, decision: Decision): number {
  const { id, estimate, low, high, threshold, marginHigh } = result
  const reach = Math.max(...[estimate, low, high].filter(Number.isFinite).map(Math.abs))
  const usages: Partial<Record<DiagnosticId, number>> = {
    'sample-size': threshold / estimate,
    'loss-stabilisation': reach / marginHigh,
    'window-distance': estimate / threshold,
    displacement: Math.max(estimate, high) / threshold,
    'stationarity-gap': decision.id === 'stationary-point' ? high / threshold : threshold / low,
    balance: reach / marginHigh,
    'limit-cycle': decision.id === 'limit-cycle' ? threshold / estimate : estimate / threshold,
  }
  const usage = usages[id] ?? 0
  return Number.isFinite(usage) ? Math.max(0, usage) : 0
}
