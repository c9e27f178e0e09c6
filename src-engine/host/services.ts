import type { DiagnosisPool } from '#engine/diagnosing/diagnosisPool.ts'
import type { SettingsStore } from '#engine/settings/settingsStore.ts'
import type { Log } from './log.ts'
import type { WorkspaceRegistry } from './workspaceRegistry.ts'

/** What the handlers of one engine share. */
export interface EngineServices {
  readonly settings: SettingsStore
  readonly workspaces: WorkspaceRegistry
  readonly diagnosisPool: DiagnosisPool
  readonly log: Log
}
