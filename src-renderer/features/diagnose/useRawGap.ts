import { shallowReadonly, shallowRef, watch, type ShallowRef } from 'vue'
import type { Series } from '#shared/contract/series.ts'
import type { AppContext } from '../../app/appContext.ts'
import type { ColorToken } from '#figures/plot/chartTheme.ts'
import type { PlotLine } from '#figures/plot/plotLine.ts'
import { gapMetric } from '#figures/text/gapMetric.ts'

/** The recorded values as a faint line: every point, or the exact envelope of the buckets. */
export function rawGapLine(series: Series, isSquared: boolean, color: ColorToken): PlotLine {
  const map = (values: Float64Array): Float64Array => (isSquared ? values : values.map((value) => value * value))
  const isBuckets = series.kind === 'buckets'
  return {
    id: 'recorded',
    label: 'recorded',
    color,
    x: series.x,
    y: map(isBuckets ? series.mean : series.last),
    width: 1,
    alpha: 0.3,
    hasSymbols: false,
    ...(isBuckets ? { low: map(series.min), high: map(series.max) } : {}),
  }
}

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
