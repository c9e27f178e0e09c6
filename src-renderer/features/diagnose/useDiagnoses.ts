import { onScopeDispose, shallowReadonly, shallowRef, watch, type ShallowRef } from 'vue'
import type { RunDiagnosis } from '#core/diagnostics/verdict/verdictTypes.ts'
import { ErgoscopeError, toErrorReport, type ErrorReport } from '#shared/errors.ts'
import type { RunRow } from '#shared/run.ts'
import type { AppContext } from '../../app/appContext.ts'

export interface DiagnosedRun {
  readonly runId: string
  readonly diagnosis: RunDiagnosis
  readonly isCached: boolean
  readonly elapsedMs: number
  /** Steps that the run had when it was diagnosed. */
  readonly steps: number
}

/** `previous` is the last diagnosis of the run: it stays on the screen, faded, while a newer one is computed or failed. */
export type DiagnosisState =
  | { readonly state: 'waiting'; readonly previous: DiagnosedRun | null }
  | { readonly state: 'computing'; readonly fraction: number; readonly previous: DiagnosedRun | null }
  | { readonly state: 'ready'; readonly diagnosed: DiagnosedRun }
  | { readonly state: 'cancelled'; readonly previous: DiagnosedRun | null }
  | { readonly state: 'failed'; readonly error: ErrorReport; readonly previous: DiagnosedRun | null }

export interface Diagnoses {
  readonly states: Readonly<ShallowRef<ReadonlyMap<string, DiagnosisState>>>
  cancel(): void
  retry(runId: string): void
}

/** More runs at once gain nothing: the engine has as many threads. */
const concurrentCalls = 2
const liveIntervalMs = 10_000

export function latestDiagnosis(state: DiagnosisState | undefined): DiagnosedRun | null {
  if (state === undefined) return null
  return state.state === 'ready' ? state.diagnosed : state.previous
}

/**
 * Diagnoses the runs one by one, the shown one first, so that one that fails does not hide the others. Again when the margins change,
 * and every ten seconds for a run that trains.
 */
export function useDiagnoses(
  { client, workspace, settings }: Pick<AppContext, 'client' | 'workspace' | 'settings'>,
  runs: () => readonly RunRow[],
  shownRunId: () => string | null,
): Diagnoses {
  const path = workspace.requirePath()
  const states = shallowRef<ReadonlyMap<string, DiagnosisState>>(new Map())
  const controllers = new Map<string, AbortController>()
  let queue: string[] = []

  function set(runId: string, state: DiagnosisState): void {
    states.value = new Map([...states.value, [runId, state]])
  }

  function enqueue(runId: string): void {
    controllers.get(runId)?.abort()
    controllers.delete(runId)
    queue = [...queue.filter((id) => id !== runId), runId]
    set(runId, { state: 'waiting', previous: latestDiagnosis(states.value.get(runId)) })
  }

  function startNext(): void {
    const shown = shownRunId()
    while (controllers.size < concurrentCalls && queue.length > 0) {
      const next = shown !== null && queue.includes(shown) ? shown : queue[0]
      if (next === undefined) return
      queue = queue.filter((id) => id !== next)
      void diagnose(next)
    }
  }

  async function diagnose(runId: string): Promise<void> {
    const controller = new AbortController()
    controllers.set(runId, controller)
    const previous = latestDiagnosis(states.value.get(runId))
    const steps = runs().find((run) => run.id === runId)?.steps ?? 0
    set(runId, { state: 'computing', fraction: 0, previous })
    try {
      const answer = await client.call(
        'diagnostics.diagnose',
        { workspace: path, runIds: [runId], margins: settings.settings.value.margins },
        {
          signal: controller.signal,
          onProgress: ({ fraction }) => {
            if (controllers.get(runId) === controller) set(runId, { state: 'computing', fraction, previous })
          },
        },
      )
      if (controllers.get(runId) !== controller) return
      const found = answer.diagnoses[0]
      if (!found) throw new ErgoscopeError('not-found', 'The engine did not answer for this run')
      // The contract carries the diagnosis of src-core as plain data.
      const diagnosis = found.diagnosis as RunDiagnosis
      set(runId, {
        state: 'ready',
        diagnosed: { runId, diagnosis, isCached: found.isCached, elapsedMs: answer.elapsedMs, steps },
      })
    } catch (thrown) {
      if (controllers.get(runId) !== controller) return
      const wasCancelled = thrown instanceof ErgoscopeError && thrown.code === 'cancelled'
      set(
        runId,
        wasCancelled ? { state: 'cancelled', previous } : { state: 'failed', error: toErrorReport(thrown), previous },
      )
    } finally {
      if (controllers.get(runId) === controller) controllers.delete(runId)
      startNext()
    }
  }

  function forget(runId: string): void {
    controllers.get(runId)?.abort()
    controllers.delete(runId)
    queue = queue.filter((id) => id !== runId)
    states.value = new Map([...states.value].filter(([id]) => id !== runId))
  }

  watch(
    () =>
      runs()
        .map((run) => run.id)
        .join('\n'),
    () => {
      const wanted = new Set(runs().map((run) => run.id))
      for (const runId of states.value.keys()) if (!wanted.has(runId)) forget(runId)
      for (const runId of wanted) if (!states.value.has(runId)) enqueue(runId)
      startNext()
    },
    { immediate: true },
  )
  watch([() => JSON.stringify(settings.settings.value.margins), client.generation], () => {
    for (const run of runs()) enqueue(run.id)
    startNext()
  })

  const timer = setInterval(() => {
    for (const run of runs()) {
      const state = states.value.get(run.id)
      if (state?.state === 'ready' && state.diagnosed.steps !== run.steps) enqueue(run.id)
    }
    startNext()
  }, liveIntervalMs)

  onScopeDispose(() => {
    clearInterval(timer)
    queue = []
    for (const controller of controllers.values()) controller.abort()
    controllers.clear()
  })

  return {
    states: shallowReadonly(states),
    cancel() {
      for (const runId of queue) set(runId, { state: 'cancelled', previous: latestDiagnosis(states.value.get(runId)) })
      queue = []
      for (const controller of controllers.values()) controller.abort()
    },
    retry(runId) {
      enqueue(runId)
      startNext()
    },
  }
}
