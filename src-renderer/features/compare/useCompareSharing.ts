import { watch, type ComputedRef } from 'vue'
import { formatCounted } from '#core/format/formatCount.ts'
import { useApp } from '../../app/appContext.ts'
import { formatRoute } from '../../app/routeText.ts'
import { useCall, type Call } from '../../rpc/useCall.ts'
import { formatCompareQuery, type CompareState } from './compareQuery.ts'

export interface CompareSharing {
  copyLink: () => Promise<void>
  /** Writes every point of the panels to a file that the user chooses. */
  readonly exporting: Call<[], void>
}

/** What leaves the page: a link to the view, and its points. */
export function useCompareSharing(
  state: ComputedRef<CompareState>,
  metrics: ComputedRef<readonly string[]>,
): CompareSharing {
  const { client, shell, toasts, workspace } = useApp()
  const runIds = (): string[] => workspace.selectedRuns.value.map((run) => run.id)

  async function copyLink(): Promise<void> {
    const query = formatCompareQuery(state.value, runIds())
    const link = new URLSearchParams({
      workspace: workspace.requirePath(),
      route: formatRoute({ page: 'compare', runId: null, query }),
    })
    try {
      await shell.copyText(`ergoscope://open?${link}`)
      toasts.show('Link to this view copied')
    } catch (thrown) {
      toasts.showError(thrown)
    }
  }

  const exporting = useCall(async (signal) => {
    const path = await shell.chooseSavePath('compare.csv')
    if (path === null) return
    const written = await client.call(
      'series.export',
      {
        workspace: workspace.requirePath(),
        runIds: runIds(),
        metrics: [...metrics.value],
        format: path.endsWith('.jsonl') ? 'jsonl' : 'csv',
        path,
      },
      { signal },
    )
    toasts.show(`Wrote ${formatCounted(written.pointCount, 'point')} to ${written.path}`)
  })
  watch(exporting.state, (now) => {
    if (now.state === 'failed') toasts.show(now.error.message, { tone: 'failed' })
  })
  return { copyLink, exporting }
}
