import { shallowRef } from 'vue'
import type { ErgoscopeBridge } from '#shared/contract/bridge.ts'
import { createClient } from '../rpc/client.ts'
import type { AppContext } from './appContext.ts'
import { createCommandStore } from './commandStore.ts'
import { createRouteStore } from './route.ts'
import { createSettingsStore } from './settingsStore.ts'
import { createTensorLibraryStore } from './tensorLibraryStore.ts'
import { useTheme } from './theme.ts'
import { createToastStore } from './toasts.ts'
import { createWorkspaceStore } from './workspaceStore.ts'

/** Wires the stores together. Call it inside an effect scope. */
export function createAppContext(bridge: ErgoscopeBridge, target: Window = window): AppContext {
  const client = createClient(bridge)
  const toasts = createToastStore()
  const settings = createSettingsStore(client)
  return {
    client,
    shell: bridge.shell,
    route: createRouteStore(target),
    settings,
    theme: useTheme(() => settings.settings.value, target),
    workspace: createWorkspaceStore(client, toasts.showError),
    toasts,
    commands: createCommandStore(),
    tensorLibrary: createTensorLibraryStore(client),
    tableToImport: shallowRef(null),
    footText: shallowRef(''),
  }
}
