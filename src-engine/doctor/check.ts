import type { DoctorCheck } from '#shared/contract/engine.ts'

export interface CheckContext {
  environment: NodeJS.ProcessEnv
  signal: AbortSignal
  /** Folder that must be writable to train: the workspace in use, or where one would be made. */
  workspacePath: string
}

/** Finds out about one thing. */
export type Check = (context: CheckContext) => DoctorCheck | Promise<DoctorCheck>

/** A check with nothing to do. */
export function works(id: string, title: string, detail: string): DoctorCheck {
  return { id, title, status: 'works', detail, advice: '', command: null }
}
