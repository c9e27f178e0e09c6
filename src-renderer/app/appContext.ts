import { inject } from 'vue'
import type { ComputedRef, InjectionKey, ShallowRef } from 'vue'
import type { ErgoscopeBridge } from '#shared/contract/bridge.ts'
import type { Client } from '../rpc/client.ts'
import type { CommandStore } from './commandStore.ts'
import type { RouteStore } from './route.ts'
import type { SettingsStore } from './settingsStore.ts'
import type { TensorLibraryStore } from './tensorLibraryStore.ts'
import type { Theme } from './theme.ts'
import type { ToastStore } from './toasts.ts'
import type { WorkspaceStore } from './workspaceStore.ts'

/** What every view may use. Made once by `createAppContext`, replaced by fakes in tests. */
export interface AppContext {
  readonly client: Client
  readonly shell: ErgoscopeBridge['shell']
  readonly route: RouteStore
  readonly settings: SettingsStore
  readonly theme: ComputedRef<Theme>
  readonly workspace: WorkspaceStore
  readonly toasts: ToastStore
  readonly commands: CommandStore
  readonly tensorLibrary: TensorLibraryStore
  /** A table that was dropped or given as an argument; the import page takes it. */
  readonly tableToImport: ShallowRef<string | null>
  /** Right side of the foot: what the view drew, from how many points, how fast. */
  readonly footText: ShallowRef<string>
}

export const appKey: InjectionKey<AppContext> = Symbol('app')

export function useApp(): AppContext {
  const app = inject(appKey)
  if (!app) throw new Error('useApp must be called below a component that provides appKey')
  return app
}
