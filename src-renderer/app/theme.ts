import { computed, onScopeDispose, shallowRef, watchEffect } from 'vue'
import type { ComputedRef } from 'vue'
import type { Settings } from '#shared/settings.ts'

export type Theme = 'light' | 'dark'

/** The theme in force: the setting, or the system's. Writes it to the document, where the tokens read it. */
export function useTheme(settings: () => Settings, target: Window = window): ComputedRef<Theme> {
  const query = target.matchMedia('(prefers-color-scheme: dark)')
  const systemIsDark = shallowRef(query.matches)
  const onChange = (): void => {
    systemIsDark.value = query.matches
  }
  query.addEventListener('change', onChange)
  onScopeDispose(() => query.removeEventListener('change', onChange))

  const theme = computed<Theme>(() => {
    const wanted = settings().theme
    if (wanted !== 'system') return wanted
    return systemIsDark.value ? 'dark' : 'light'
  })
  // Written synchronously, before the next frame: charts re-read the tokens in the same tick.
  watchEffect(
    () => {
      target.document.documentElement.dataset['theme'] = theme.value
      target.document.documentElement.dataset['density'] = settings().density
    },
    { flush: 'sync' },
  )
  return theme
}
