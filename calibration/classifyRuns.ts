import { diagnoseRun } from '#core/diagnostics/diagnoseRun.ts'
import type { VerdictId } from '#core/diagnostics/verdict/verdictTypes.ts'
import { createRandomGenerator } from '#core/random/randomGenerator.ts'
import type { RunKind } from './runKinds.ts'

/** Verdicts of simulated runs of one kind. */
export interface KindVerdicts {
  readonly name: string
  readonly truth: readonly VerdictId[]
  readonly isShort: boolean
  readonly counts: Partial<Record<VerdictId, number>>
  /** What decided each verdict that is neither true nor "not enough samples". */
  readonly wrong: readonly string[]
}

/** Simulates and diagnoses runs of one kind, with seeds from `firstSeed` on. */
export function classifyRuns(kind: RunKind, runCount: number, firstSeed = 70_000): KindVerdicts {
  const counts: Partial<Record<VerdictId, number>> = {}
  const wrong: string[] = []
  for (let seed = firstSeed; seed < firstSeed + runCount; seed += 1) {
    const { verdict } = diagnoseRun(kind.simulate(createRandomGenerator(2 * seed + 1), seed))
    counts[verdict.id] = (counts[verdict.id] ?? 0) + 1
    if (verdict.id !== 'not-enough-samples' && !kind.truth.includes(verdict.id))
      wrong.push(`seed ${seed}, ${verdict.id}: ${verdict.detail}`)
  }
  return { name: kind.name, truth: kind.truth, isShort: kind.isShort ?? false, counts, wrong }
}
