import type { ControlAction, StartedRun } from '#shared/contract/training.ts'

export interface LaunchRequest {
  workspacePath: string
  recipeYaml: string
  /** Name of the run; null for the recipe's own. */
  name: string | null
  seed: number
  /** What the runs of one experiment share; null for the recipe's name. */
  group?: string | null
}

export interface LaunchAllRequest {
  workspacePath: string
  recipeYaml: string
  /** With several seeds the beginning of each name. */
  name: string | null
  /** One run per seed; empty for those of the recipe. */
  seeds: readonly number[]
}

/** What the launching folder offers to the engine's host and to the command line. */
export interface Launcher {
  /**
   * Creates the run's folder and file (status `queued`), starts the detached worker, and returns when the worker has taken over.
   * Errors: `invalid-recipe`, `read-only`, `disk-full`, `cannot-control` with the worker's own line when it failed at once.
   */
  start(request: LaunchRequest): Promise<StartedRun>
  /** One run per seed, side by side; named `NAME-sSEED` where there are several. */
  startAll(request: LaunchAllRequest): Promise<StartedRun[]>
  /**
   * Asks the run's worker, and answers with one line for the user. `resume` of a run without a worker starts one from its newest checkpoint.
   * Errors: `cannot-control` when the run's state does not allow it.
   */
  control(runFolder: string, action: ControlAction): Promise<string>
}
