import { onScopeDispose, watchEffect } from 'vue'
import { useApp } from './appContext.ts'

/** Shows a line at the right of the foot for as long as the view lives. */
export function useFootText(getText: () => string): void {
  const { footText } = useApp()
  watchEffect(() => {
    footText.value = getText()
  })
  onScopeDispose(() => {
    footText.value = ''
  })
}
