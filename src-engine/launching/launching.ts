import type { ControlAction, StartedRun } from '#shared/contract/training.ts'

export interface LaunchRequest {
  workspacePath: string
  recipeYaml: string
  name: string | null
  seed: number
}

/** What the launching folder offers to the engine's host and to the command line. Implemented by startRun.ts, controlRun.ts. */
export interface Launcher {
  /** Creates the run's folder and file (status `queued`), starts the detached worker, and returns when the worker has taken over or failed with one clear line. */
  start(request: LaunchRequest): Promise<StartedRun>
  /** Writes a request file; `resume` of a run without a worker starts one from its newest checkpoint. Answers with one line for the user. */
  control(runFolder: string, action: ControlAction): Promise<string>
}
