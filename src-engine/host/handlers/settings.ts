import type { HandlersOf } from '../handlers.ts'
import type { EngineServices } from '../services.ts'

export function createSettingsHandlers({ settings }: EngineServices): HandlersOf<'settings'> {
  return {
    'settings.read': () => settings.read(),
    'settings.update': ({ patch }) => settings.update(patch),
  }
}
