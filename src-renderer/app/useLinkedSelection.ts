import { formatCounted } from '#core/format/formatCount.ts'
import { watch } from 'vue'
import { useApp } from './appContext.ts'

/** A link carries its own selection (`?runs=ID,ID`), also one that is followed while its page is open; from then on the selection is the workspace's again. Runs that are not there are told. */
export function useLinkedSelection(): void {
  const { route, workspace, toasts } = useApp()
  watch(
    () => route.route.value.query['runs'],
    (text) => {
      const asked = (text ?? '').split(',').filter((id) => id !== '')
      const linked = asked.filter((id) => workspace.runs.value.has(id))
      if (linked.length < asked.length)
        toasts.show(
          `${asked.length - linked.length} of the ${formatCounted(asked.length, 'run')} of this link cannot be found here, or cannot be read`,
          { tone: 'failed' },
        )
      if (linked.length > 0) workspace.select(linked)
    },
    { immediate: true },
  )
}
