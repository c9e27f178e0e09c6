import { verdictNames } from '../../format/verdictNames.ts'
import { formatCounted } from '../../format/formatCount.ts'
import { formatNumber } from '../../format/formatNumber.ts'
import { countPartitions } from '../../statistics/groupPermutationTest.ts'
import type {
  AcrossRunsVerdict,
  AcrossRunsVerdictId,
  DiagnosedSeed,
  GroupComparison,
  LawFinding,
  SeedComparison,
  SeedGroup,
} from './acrossRunsTypes.ts'
import { lastMainSegment } from './acrossRunsWindow.ts'
import { findRunApart } from './findRunApart.ts'
import { joinReasons } from './judgeObservable.ts'

/** What the comparison means, or why nothing can be said. */
export function acrossRunsVerdict(
  seeds: readonly DiagnosedSeed[],
  comparison: Pick<SeedComparison, 'window' | 'observables' | 'distances'>,
): AcrossRunsVerdict {
  if (seeds.length < 2)
    return createVerdict('untested', 'One seed only: whether other seeds reach the same law is untested.', [
      'Run the experiment with other seeds and diagnose them together',
    ])
  const obstacle = findObstacle(seeds, comparison)
  if (obstacle !== undefined) return cannotSay(obstacle)
  return judge(
    comparison,
    seeds.map(({ diagnosis }) => diagnosis.name),
  )
}

function findObstacle(
  seeds: readonly DiagnosedSeed[],
  { window, observables, distances }: Pick<SeedComparison, 'window' | 'observables' | 'distances'>,
): string | undefined {
  const unsettled = seeds.find((seed) => lastMainSegment(seed)?.verdict.id !== 'invariant-measure')
  if (unsettled) {
    const { name, verdict } = unsettled.diagnosis
    const own = lastMainSegment(unsettled)?.verdict.id ?? verdict.id
    return `the verdict of ${name} is “${verdictNames[own].toLowerCase()}”, not an invariant measure`
  }
  if (!(window.from <= window.to)) return 'the runs have no judged steps in common'
  if (observables.length === 0) return 'the runs recorded no observable in common there'
  const repeated = findRepeatedSeed(seeds)
  if (repeated !== undefined) return repeated
  const twins = findTwins(distances)
  return (
    twins &&
    `${seeds[twins[0]]?.diagnosis.name} and ${seeds[twins[1]]?.diagnosis.name} recorded the same values: one run, or one seed, twice`
  )
}

/** Two runs of one seed are one sample, even where hardware or rounding made them differ. */
function findRepeatedSeed(seeds: readonly DiagnosedSeed[]): string | undefined {
  const known = seeds.filter(({ seed }) => seed !== undefined && seed !== null)
  for (const members of Map.groupBy(known, ({ seed }) => seed).values())
    if (members.length > 1) {
      const names = members.map(({ diagnosis }) => diagnosis.name).join(', ')
      return `${names} have the same seed ${members[0]?.seed}: one seed is one sample, however often it is given`
    }
  return undefined
}

/** Two runs at no distance at all, which independent runs never are. */
function findTwins(distances: SeedComparison['distances']): [number, number] | undefined {
  for (const { wasserstein1 } of Object.values(distances))
    for (const [i, row] of wasserstein1.entries()) {
      const j = row.findIndex((distance, column) => column > i && distance === 0)
      if (j >= 0) return [i, j]
    }
  return undefined
}

function judge(
  { observables, distances }: Pick<SeedComparison, 'observables' | 'distances'>,
  names: readonly string[],
): AcrossRunsVerdict {
  const deciding = observables.filter(({ isDeciding }) => isDeciding)
  const different = deciding.filter(({ finding }) => finding === 'different')
  if (different.length > 0) {
    const apart = findRunApart(
      different.flatMap(({ observable }) => distances[observable] ?? []),
      names,
    )
    return createVerdict(
      'per-seed-laws-differ',
      `Not all seeds follow one law${apart ? `: ${apart} lies apart from the others` : ''}.`,
      [...different, ...deciding.filter(({ finding }) => finding !== 'different')].map(({ reason }) => reason),
    )
  }
  const unresolved = deciding.filter(({ finding }) => finding === 'unresolved')
  if (unresolved.length > 0) return cannotSay(joinReasons(unresolved))
  const weights = observables.find(({ isDeciding }) => !isDeciding)
  const reasons = [...deciding, ...(weights ? [weights] : [])].map(({ reason }) => reason)
  const [id, summary] = oneLaw[weights?.finding ?? 'equal']
  return createVerdict(id, summary, reasons)
}

/** What is said where the function follows one law, by the finding about the weights. */
const oneLaw: Readonly<Record<LawFinding, readonly [AcrossRunsVerdictId, string]>> = {
  equal: ['one-law-across-seeds', 'All seeds follow one law.'],
  unresolved: [
    'one-law-across-seeds',
    'All that was recorded but the weights follows one law across seeds; whether the weights do cannot be said.',
  ],
  different: [
    'weight-laws-differ',
    'All that was recorded but the weights follows one law across seeds; those of the weights are not all one.',
  ],
}

/** What runs of several experiments say: whether the laws of the experiments differ, and the verdict of each across its own seeds. */
export function severalExperimentsVerdict(
  groups: readonly SeedGroup[],
  { observables, smallestP, level }: GroupComparison,
): AcrossRunsVerdict {
  const isDifferent = observables.some(({ finding }) => finding === 'different')
  const isReachable = smallestP * observables.length <= level
  const finding = isDifferent
    ? 'Their laws differ.'
    : isReachable
      ? 'No difference between their laws was found, which does not make them equal.'
      : 'Whether their laws differ cannot be said with so few runs.'
  const missing =
    isReachable || isDifferent
      ? []
      : Number.isFinite(smallestP)
        ? [
            `no test of ${formatCounted(observables.length, 'observable')} can reach ${formatNumber(level)} there: ${fewestRunsEach(groups.length, level / observables.length)} runs of each experiment could`,
          ]
        : ['at least one experiment needs a second run, or the runs need an observable and judged steps in common']
  return createVerdict('several-experiments', `These are ${groups.length} experiments. ${finding}`, [
    ...observables.map(({ reason }) => reason),
    ...missing,
    ...groups.map(
      ({ label, verdict, runIds }) =>
        `${label} (${formatCounted(runIds.length, 'run')}): ${verdict.summary.replace(/\.$/, '')}`,
    ),
  ])
}

/** The fewest runs of each experiment of which a permutation can give so small a p. */
function fewestRunsEach(groupCount: number, level: number): number {
  let count = 2
  while (1 / countPartitions(Array.from({ length: groupCount }, () => count)) > level) count += 1
  return count
}

function cannotSay(obstacle: string): AcrossRunsVerdict {
  return createVerdict('cannot-say', 'Whether the seeds follow one law cannot be said.', [
    `Cannot say because ${obstacle}`,
  ])
}

function createVerdict(id: AcrossRunsVerdictId, summary: string, clauses: readonly string[]): AcrossRunsVerdict {
  const text = clauses.join('; ')
  return { id, summary, detail: `${text.charAt(0).toUpperCase()}${text.slice(1)}.` }
}
