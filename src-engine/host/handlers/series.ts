import type { HandlersOf } from '../handlers.ts'
import type { EngineServices } from '../services.ts'
import { giveWay } from '../giveWay.ts'

export function createSeriesHandlers({ workspaces }: EngineServices): HandlersOf<'series'> {
  return {
    'series.read': async ({ workspace, requests }, { signal }) => {
      const startedMs = performance.now()
      const opened = await workspaces.get(workspace)
      const series = []
      for (const request of requests) {
        series.push(opened.readSeries(request))
        await giveWay(signal)
      }
      return { series, queryMs: performance.now() - startedMs }
    },
    'series.phase': async ({ workspace, requests, limit }, { signal }) => {
      const opened = await workspaces.get(workspace)
      const series = []
      for (const request of requests) {
        series.push(opened.readPhase(request, limit))
        await giveWay(signal)
      }
      return { series }
    },
    'series.export': async ({ workspace, ...request }, { signal }) =>
      (await workspaces.get(workspace)).exportSeries(request, signal),
  }
}
