import { computed, type ComputedRef } from 'vue'
import type { AcrossRunsDiagnosis } from '#core/diagnostics/acrossRuns/acrossRunsTypes.ts'
import type { AppContext } from '../../app/appContext.ts'
import { useResource } from '../../rpc/useResource.ts'

export interface AcrossRuns {
  /** Null without runs, and until it is known. */
  readonly across: ComputedRef<AcrossRunsDiagnosis | null>
  readonly isLoading: ComputedRef<boolean>
  /** Why it will not be known. */
  readonly error: ComputedRef<string>
}

/** The laws of the runs compared with each other (one run alone is untested). */
export function useAcrossRuns(
  { client, workspace, settings }: Pick<AppContext, 'client' | 'workspace' | 'settings'>,
  runIds: () => readonly string[],
): AcrossRuns {
  const path = workspace.requirePath()
  // A text, so that the same seeds and margins are not asked for again.
  const key = computed(() =>
    runIds().length > 0 ? JSON.stringify({ runIds: runIds(), margins: settings.settings.value.margins }) : null,
  )
  const resource = useResource(
    () => key.value,
    async (request, signal) => {
      const wanted = JSON.parse(request) as { runIds: string[]; margins: Record<string, number> } // Written two lines above.
      const answer = await client.call('diagnostics.diagnose', { workspace: path, ...wanted }, { signal })
      // The contract carries the diagnosis of src-core as plain data.
      return (answer.acrossRuns ?? null) as AcrossRunsDiagnosis | null
    },
  )
  // While other runs are compared, what was found about the former ones is nothing about these; with other margins it stays, faded.
  const isAboutThese = (across: AcrossRunsDiagnosis): boolean =>
    across.runIds.length === runIds().length && across.runIds.every((id) => runIds().includes(id))
  return {
    across: computed(() => {
      const across = key.value === null ? null : resource.value.value
      return across !== null && isAboutThese(across) ? across : null
    }),
    isLoading: computed(() => resource.state.value.state === 'loading'),
    error: computed(() => (resource.state.value.state === 'failed' ? resource.state.value.error.message : '')),
  }
}
