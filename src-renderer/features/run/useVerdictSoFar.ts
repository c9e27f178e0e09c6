import { computed, onScopeDispose, watch, type ComputedRef } from 'vue'
import { isLive, type RunDetail, type VerdictSummary } from '#shared/run.ts'
import type { AppContext } from '../../app/appContext.ts'
import { useResource } from '../../rpc/useResource.ts'

const intervalMs = 5000
/** A diagnosis of fewer points says nothing that the empty page does not. */
const fewestSteps = 20

/** The verdict of a run: recorded where it is final, else diagnosed now, and again every few seconds while new points come. */
export function useVerdictSoFar(
  { client, workspace, settings }: Pick<AppContext, 'client' | 'workspace' | 'settings'>,
  detail: () => RunDetail | null,
): ComputedRef<VerdictSummary | null> {
  const path = workspace.requirePath()
  const wanted = computed(() => {
    const run = detail()?.run
    return run && run.steps >= fewestSteps ? run.id : null
  })
  const resource = useResource(
    () => wanted.value,
    async (runId, signal) =>
      (
        await client.call(
          'diagnostics.diagnose',
          { workspace: path, runIds: [runId], margins: settings.settings.value.margins },
          { signal },
        )
      ).diagnoses[0]?.verdict ?? null,
  )
  let diagnosedSteps = 0
  const timer = setInterval(() => {
    const run = detail()?.run
    if (!run || wanted.value === null || run.steps === diagnosedSteps || resource.state.value.state === 'loading')
      return
    diagnosedSteps = run.steps
    void resource.reload()
  }, intervalMs)
  onScopeDispose(() => clearInterval(timer))
  watch(
    () => detail()?.run.status,
    (status, previous) => {
      if (previous !== undefined && status !== undefined && !isLive(status)) void resource.reload()
    },
  )
  return computed(() => resource.value.value ?? detail()?.run.verdict ?? null)
}
