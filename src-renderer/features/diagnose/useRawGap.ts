import { shallowReadonly, shallowRef, watch, type ShallowRef } from 'vue'
import type { AppContext } from '../../app/appContext.ts'
import type { ColorToken } from '#figures/plot/chartTheme.ts'
import type { PlotLine } from '#figures/plot/plotLine.ts'
import { rawGapLine } from '#figures/charts/rawGapLine.ts'
import { gapMetric } from '#figures/text/gapMetric.ts'

/** The recorded ‖∇f‖² of a run in a range of steps; null while it is read, and where only components were recorded. */
export function useRawGap(
  { client, workspace, toasts }: Pick<AppContext, 'client' | 'workspace' | 'toasts'>,
  source: () => { runId: string; from: number; to: number; weightDecay: number; color: ColorToken } | null,
): Readonly<ShallowRef<PlotLine | null>> {
  const line = shallowRef<PlotLine | null>(null)
  watch(
    () => JSON.stringify(source()),
    async (_key, _before, onCleanup) => {
      line.value = null
      const wanted = source()
      if (wanted === null) return
      const controller = new AbortController()
      onCleanup(() => controller.abort())
      const { runId, from, to, weightDecay, color } = wanted
      const path = workspace.requirePath()
      try {
        const detail = await client.call('runs.get', { workspace: path, runId }, { signal: controller.signal })
        const metric = gapMetric(detail, weightDecay)
        if (metric === null || controller.signal.aborted) return
        const { series } = await client.call(
          'series.read',
          { workspace: path, requests: [{ runId, metric: metric.name, from, to, buckets: 400 }] },
          { signal: controller.signal },
        )
        const [found] = series
        if (found && found.x.length > 0 && !controller.signal.aborted)
          line.value = rawGapLine(found, metric.isSquared, color)
      } catch (thrown) {
        if (!controller.signal.aborted) toasts.showError(thrown)
      }
    },
    { immediate: true },
  )
  return shallowReadonly(line)
}
