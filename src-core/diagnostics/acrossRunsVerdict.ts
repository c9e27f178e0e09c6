import { verdictNames } from '../format/verdictNames.ts'
import type {
  AcrossRunsDiagnosis,
  AcrossRunsVerdictId,
  DiagnosedSeed,
  ObservableAcrossRuns,
} from './acrossRunsTypes.ts'
import { lastMainSegment } from './acrossRunsWindow.ts'
import type { Hyperparameters } from './observables.ts'

type AcrossRunsVerdict = AcrossRunsDiagnosis['verdict']

/** What the comparison means, or why nothing can be said. */
export function acrossRunsVerdict(
  seeds: readonly DiagnosedSeed[],
  comparison: Pick<AcrossRunsDiagnosis, 'window' | 'observables' | 'distances'>,
): AcrossRunsVerdict {
  if (seeds.length < 2)
    return createVerdict('untested', 'One seed only: whether other seeds reach the same law is untested.', [
      'Run the experiment with other seeds and diagnose them together',
    ])
  const obstacle = findObstacle(seeds, comparison)
  return obstacle === undefined ? judge(comparison.observables) : cannotSay(obstacle)
}

function findObstacle(
  seeds: readonly DiagnosedSeed[],
  { window, observables, distances }: Pick<AcrossRunsDiagnosis, 'window' | 'observables' | 'distances'>,
): string | undefined {
  const unsettled = seeds.find((seed) => lastMainSegment(seed)?.verdict.id !== 'invariant-measure')
  if (unsettled) {
    const { name, verdict } = unsettled.diagnosis
    const own = lastMainSegment(unsettled)?.verdict.id ?? verdict.id
    return `the verdict of ${name} is “${verdictNames[own].toLowerCase()}”, not an invariant measure`
  }
  const changed = findChangedHyperparameter(seeds)
  if (changed !== undefined) return changed
  if (!(window.from <= window.to)) return 'the runs have no judged steps in common'
  if (observables.length === 0) return 'the runs recorded no observable in common there'
  const twins = findTwins(distances)
  return (
    twins &&
    `${seeds[twins[0]]?.diagnosis.name} and ${seeds[twins[1]]?.diagnosis.name} recorded the same values: one run, or one seed, twice`
  )
}

/** Two runs at no distance at all, which independent runs never are. */
function findTwins(distances: AcrossRunsDiagnosis['distances']): [number, number] | undefined {
  for (const { wasserstein1 } of Object.values(distances))
    for (const [i, row] of wasserstein1.entries()) {
      const j = row.findIndex((distance, column) => column > i && distance === 0)
      if (j >= 0) return [i, j]
    }
  return undefined
}

const compared = [
  ['learningRate', 'learning rates'],
  ['momentum', 'momenta'],
  ['nesterov', 'kinds of momentum'],
  ['weightDecay', 'weight decays'],
  ['batchSize', 'batch sizes'],
  ['sampling', 'sampling rules'],
] as const satisfies readonly (readonly [keyof Hyperparameters, string])[]

function findChangedHyperparameter(seeds: readonly DiagnosedSeed[]): string | undefined {
  for (const [key, plural] of compared) {
    const values = new Set(seeds.map((seed) => lastMainSegment(seed)?.hyperparameters[key] ?? 'unknown'))
    if (values.size > 1) return `these are not seeds of one experiment: the ${plural} are ${[...values].join(' and ')}`
  }
  return undefined
}

function judge(observables: readonly ObservableAcrossRuns[]): AcrossRunsVerdict {
  const deciding = observables.filter(({ isDeciding }) => isDeciding)
  const different = deciding.filter(({ finding }) => finding === 'different')
  if (different.length > 0)
    return createVerdict(
      'per-seed-laws-differ',
      'Each seed follows a law of its own.',
      [...different, ...deciding.filter(({ finding }) => finding !== 'different')].map(({ reason }) => reason),
    )
  const unresolved = deciding.filter(({ finding }) => finding === 'unresolved')
  if (unresolved.length > 0) return cannotSay(unresolved.map(({ reason }) => reason).join('; '))
  const weights = observables.find(({ isDeciding }) => !isDeciding)
  const reasons = [...deciding, ...(weights ? [weights] : [])].map(({ reason }) => reason)
  return weights?.finding === 'different'
    ? createVerdict(
        'weight-laws-differ',
        'What the network computes follows one law across seeds; the weights of each seed follow a law of their own.',
        reasons,
      )
    : createVerdict('one-law-across-seeds', 'All seeds follow one law.', reasons)
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
