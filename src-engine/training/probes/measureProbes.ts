import type { ProbeName, ProbeOutcome } from '../trainer.ts'

export interface ProbeReading {
  scalars?: Record<string, number>
  vectors?: Record<string, Float64Array>
}

/** Takes probes one after the other and measures what each costs; work that several share is charged to the first. A null reading was not asked for by the recipe. */
export function measureProbes(
  names: readonly ProbeName[],
  take: (name: ProbeName) => ProbeReading | null,
): ProbeOutcome {
  const outcome: ProbeOutcome = { scalars: {}, vectors: {}, costMs: {} }
  for (const name of names) {
    const startedMs = performance.now()
    const reading = take(name)
    if (!reading) continue
    Object.assign(outcome.scalars, reading.scalars)
    Object.assign(outcome.vectors, reading.vectors)
    outcome.costMs[name] = performance.now() - startedMs
  }
  return outcome
}
