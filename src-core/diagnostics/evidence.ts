import type { CheckState, DiagnosticId, DiagnosticResult } from './diagnosticResult.ts'
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
 * for a stationary point, a cycle or an invariant measure it is the link that supports the verdict least.
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
  const weakestLink = isPositive(decision) ? weakestOf(decision, links) : decision.decidedBy
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
    displacement: 'Motion confined',
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
): DiagnosticId {
  const supporting = (supportingLinks[decision.id] ?? []).flatMap(
    (id) => links.find(({ diagnosticId }) => diagnosticId === id) ?? [],
  )
  const weakest = supporting.toSorted((a, b) => severity[b.state] - severity[a.state])[0]
  if (weakest && severity[weakest.state] > 0) return weakest.diagnosticId
  // Everything holds: an invariant measure is bounded by its number of independent samples.
  return decision.id === 'invariant-measure' ? 'sample-size' : (weakest?.diagnosticId ?? decision.decidedBy)
}
