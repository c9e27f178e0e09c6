import type { SettingsStore } from '#engine/settings/settingsStore.ts'
import type { Log } from './log.ts'
import type { WorkspaceRegistry } from './workspaceRegistry.ts'

/** What the handlers of one engine share. */
export interface EngineServices {
  readonly settings: SettingsStore
  readonly workspaces: WorkspaceRegistry
  readonly log: Log
}
