import { shallowReadonly, shallowRef } from 'vue'
import type { ShallowRef } from 'vue'
import type { Settings } from '#shared/settings.ts'
import type { Client } from '../rpc/client.ts'

export interface SettingsStore {
  readonly settings: Readonly<ShallowRef<Settings>>
  /** Reads the settings file; call it again when the engine became ready. */
  load(): Promise<void>
  /** Shows the change at once and writes it; throws ErgoscopeError when it could not be kept. */
  update(patch: Partial<Settings>): Promise<void>
}

const defaults: Settings = { theme: 'system', density: 'compact', recentWorkspaces: [], margins: {} }

export function createSettingsStore(client: Client): SettingsStore {
  const settings = shallowRef<Settings>(defaults)

  async function load(): Promise<void> {
    settings.value = await client.call('settings.read', {})
  }

  async function update(patch: Partial<Settings>): Promise<void> {
    const before = settings.value
    settings.value = { ...before, ...patch }
    try {
      settings.value = await client.call('settings.update', { patch })
    } catch (thrown) {
      settings.value = before
      throw thrown
    }
  }

  return { settings: shallowReadonly(settings), load, update }
}
