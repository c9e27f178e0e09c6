import { onScopeDispose, shallowReadonly, shallowRef, type ShallowRef } from 'vue'
import { readChartTheme, type ChartTheme } from '#figures/plot/chartTheme.ts'

function readFromDocument(): ChartTheme {
  const style = getComputedStyle(document.documentElement)
  return readChartTheme((name) => style.getPropertyValue(name))
}

/** The chart colours in force; read again whenever the document's theme changes. */
export function useChartTheme(): Readonly<ShallowRef<ChartTheme>> {
  const theme = shallowRef(readFromDocument())
  const observer = new MutationObserver(() => {
    theme.value = readFromDocument()
  })
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  onScopeDispose(() => observer.disconnect())
  return shallowReadonly(theme)
}
