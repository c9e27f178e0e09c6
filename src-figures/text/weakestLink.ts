import { inWords } from '#core/format/inWords.ts'
import type { SeedComparison } from '#core/diagnostics/acrossRuns/acrossRunsTypes.ts'
import type { SegmentDiagnosis } from '#core/diagnostics/verdict/verdictTypes.ts'
import type { EvidenceId } from '../charts/diagnosticPanels.ts'
import { decisive, seedsText } from './seedsText.ts'

type Verdict = Pick<SegmentDiagnosis, 'verdict'>
type Seeds = Pick<SeedComparison, 'runIds' | 'observables' | 'verdict'> | null

/** The one link that supports the finding least: that of the seeds where their laws differ, else the one of the run itself. */
export function weakestLink({ verdict }: Verdict, seeds: Seeds): EvidenceId {
  return seeds !== null && seedsText(seeds).isWeakest ? 'seeds' : verdict.weakestLink
}

const named = 'Weakest link: '

/** Whether other seeds are a link of the chain: where there are any, or where a law was found, which one seed leaves untested. */
export function asksSeeds({ verdict }: Verdict, seeds: Exclude<Seeds, null>): boolean {
  return seeds.runIds.length > 1 || verdict.id === 'invariant-measure'
}

/** The lines below the claim: the numbers, and the weakest link, which may be that of the seeds. */
export function claimDetail(segment: Verdict, seeds: Seeds): string {
  const { detail } = segment.verdict
  if (seeds === null || weakestLink(segment, seeds) !== 'seeds') return detail
  const start = detail.indexOf(named)
  const numbers = start < 0 ? detail : detail.slice(0, start).trimEnd()
  return `${numbers} ${named}seeds (${seedsReason(seeds)}).`
}

/** What the seeds say together, for the claim and its citation; empty where a verdict does not ask them. */
export function acrossSentence({ verdict }: Verdict, seeds: Seeds): string {
  if (seeds === null || verdict.id !== 'invariant-measure') return ''
  const count = seeds.runIds.length
  return count < 2 ? seeds.verdict.summary : `Across ${count} seeds: ${uncapitalised(seeds.verdict.summary)}`
}

const uncapitalised = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

/** The observable that the link of the seeds names decides here, too. */
function seedsReason({ observables, verdict }: Exclude<Seeds, null>): string {
  const reason = decisive(observables)?.reason ?? verdict.summary.replace(/\.$/, '')
  return inWords(reason)
}
