import type { ProbeName } from '#engine/training/trainer.ts'

/** Adds up what steps and probes cost: for `train/step_ms`, and for the estimate shown before the next run. */
export class StepTimer {
  #stepCount = 0
  #stepMs = 0
  #sinceTaken = { count: 0, ms: 0 }
  readonly #probes = new Map<string, { count: number; ms: number }>()

  addStep(ms: number): void {
    this.#stepCount += 1
    this.#stepMs += ms
    this.#sinceTaken.count += 1
    this.#sinceTaken.ms += ms
  }

  addProbes(costMs: Partial<Record<ProbeName, number>>): void {
    for (const [name, ms] of Object.entries(costMs)) {
      const known = this.#probes.get(name) ?? { count: 0, ms: 0 }
      this.#probes.set(name, { count: known.count + 1, ms: known.ms + ms })
    }
  }

  /** Mean milliseconds of the steps since the last call, without probes; null when there was none. */
  takeMeanStepMs(): number | null {
    const { count, ms } = this.#sinceTaken
    this.#sinceTaken = { count: 0, ms: 0 }
    return count === 0 ? null : ms / count
  }

  /** Means over the whole session. */
  measured(): { stepCount: number; stepMs: number; probeMs: Record<string, number> } {
    const probeMs = Object.fromEntries([...this.#probes].map(([name, { count, ms }]) => [name, ms / count]))
    return { stepCount: this.#stepCount, stepMs: this.#stepCount === 0 ? 0 : this.#stepMs / this.#stepCount, probeMs }
  }
}
