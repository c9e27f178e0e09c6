import { watch } from 'vue'
import { useApp } from './appContext.ts'

/** A link carries its own selection (`?runs=ID,ID`), also one that is followed while its page is open; from then on the selection is the workspace's again. */
export function useLinkedSelection(): void {
  const { route, workspace } = useApp()
  watch(
    () => route.route.value.query['runs'],
    (text) => {
      const linked = (text ?? '').split(',').filter((id) => workspace.runs.value.has(id))
      if (linked.length > 0) workspace.select(linked)
    },
    { immediate: true },
  )
}
