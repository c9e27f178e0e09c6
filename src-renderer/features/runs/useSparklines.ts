import { onScopeDispose, shallowReactive, watch } from 'vue'
import type { RunRow } from '#shared/run.ts'
import type { Client } from '../../rpc/client.ts'
import { sparkline } from './sparkline.ts'
import type { Sparkline } from './sparkline.ts'

interface Drawn {
  pointCount: number
  sparkline: Sparkline
}

interface Wanted {
  key: string
  runId: string
  metric: string
  pointCount: number
}

const bucketCount = 42
const keptCount = 4000
const batchSize = 400
const gatherMs = 40
const pauseMs = 500

export interface Sparklines {
  get(runId: string, metric: string | null): Sparkline | null
}

/**
 * Sparklines of the rows on the screen: read in batches, drawn once, drawn anew (at most twice a second) when a run has more points.
 * `onError` is told when a batch failed; the lines are asked for again when the visible rows change.
 */
export function useSparklines(
  client: Client,
  workspace: () => string | null,
  visible: () => { runs: readonly RunRow[]; metricsOf: (run: RunRow) => readonly string[] },
  onError: (thrown: unknown) => void,
): Sparklines {
  const drawn = shallowReactive(new Map<string, Drawn>())
  const controller = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  let isReading = false

  const keyOf = (runId: string, metric: string): string => `${runId}\n${metric}`

  function wanted(): Wanted[] {
    const { runs, metricsOf } = visible()
    return runs.flatMap((run) =>
      metricsOf(run).flatMap((metric) => {
        const pointCount = run.metrics[metric]?.count ?? 0
        const key = keyOf(run.id, metric)
        return pointCount === 0 || drawn.get(key)?.pointCount === pointCount
          ? []
          : { key, runId: run.id, metric, pointCount }
      }),
    )
  }

  function forgetOldest(): void {
    for (const key of drawn.keys()) {
      if (drawn.size <= keptCount) return
      drawn.delete(key)
    }
  }

  async function read(): Promise<void> {
    const path = workspace()
    const batch = wanted().slice(0, batchSize)
    if (path === null || batch.length === 0 || isReading) return
    isReading = true
    try {
      const requests = batch.map(({ runId, metric }) => ({ runId, metric, buckets: bucketCount, logarithmic: true }))
      const { series } = await client.call('series.read', { workspace: path, requests }, { signal: controller.signal })
      for (const [index, { key, pointCount }] of batch.entries()) {
        const found = series[index]
        if (found) drawn.set(key, { pointCount, sparkline: sparkline(found) })
      }
      forgetOldest()
      isReading = false
      schedule(pauseMs)
    } catch (thrown) {
      isReading = false
      if (!controller.signal.aborted) onError(thrown)
    }
  }

  function schedule(delayMs: number): void {
    clearTimeout(timer)
    timer = setTimeout(() => void read(), delayMs)
  }

  watch(
    visible,
    () => {
      if (!isReading) schedule(gatherMs)
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    clearTimeout(timer)
    controller.abort()
  })

  return { get: (runId, metric) => drawn.get(keyOf(runId, metric ?? ''))?.sparkline ?? null }
}
