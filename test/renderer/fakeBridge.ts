import { parseFilter } from '#core/runs/filter.ts'
import { sortRuns } from '#core/runs/sortRuns.ts'
import type { CallOutcome, EngineState, ErgoscopeBridge, OpenTarget } from '#shared/contract/bridge.ts'
import type { MethodName, RequestInput, ResponseOf, TopicPayload } from '#shared/contract/contract.ts'
import type { Series, SeriesRequest } from '#shared/contract/series.ts'
import { toErrorReport } from '#shared/errors.ts'
import type { RunRow } from '#shared/run.ts'

export type FakeHandlers = {
  [Name in MethodName]?: (request: RequestInput<Name>) => ResponseOf<Name> | Promise<ResponseOf<Name>>
}

export interface FakeBridge extends ErgoscopeBridge {
  /** Every call so far, newest last. */
  readonly calls: { name: MethodName; request: unknown }[]
  callsOf(name: MethodName): unknown[]
  setEngineState(state: EngineState): void
  openTarget(target: OpenTarget): void
  /** Sends an event of `workspace.changes` to every subscriber. */
  changeRuns(event: Partial<TopicPayload<'workspace.changes'>>): void
  /** The engine died: every subscription ends. */
  endSubscriptions(): void
}

const noNonFinite = {
  nanCount: 0,
  positiveInfinityCount: 0,
  negativeInfinityCount: 0,
  firstStep: null,
  x: new Float64Array(),
}

/** A decaying curve with as many points as the run says that it has. */
export function fakeSeries(request: Pick<SeriesRequest, 'runId' | 'metric'>, pointCount: number): Series {
  const steps = Float64Array.from({ length: Math.min(pointCount, 40) }, (_, index) => index)
  const values = steps.map((step) => 1 + Math.exp(-step / 8))
  return {
    runId: request.runId,
    metric: request.metric,
    kind: 'points',
    pointCount,
    x: steps,
    steps,
    min: values,
    max: values,
    mean: values,
    last: values,
    counts: steps.map(() => 1),
    smoothed: null,
    nonFinite: noNonFinite,
    unit: '',
    attempts: 1,
  }
}

function defaultHandlers(runs: readonly RunRow[]): FakeHandlers {
  return {
    'settings.read': () => ({ theme: 'light', density: 'compact', recentWorkspaces: [], margins: {} }),
    'settings.update': ({ patch }) => ({
      theme: patch.theme ?? 'light',
      density: patch.density ?? 'compact',
      recentWorkspaces: patch.recentWorkspaces ?? [],
      margins: patch.margins ?? {},
    }),
    'workspace.open': ({ path }) => ({
      path,
      name: path.split('/').at(-1) ?? path,
      isReadOnly: false,
      runCount: runs.length,
      problems: [],
      view: { selectedRunIds: [], colorSlots: {}, baselineRunId: null },
      focusRunId: null,
    }),
    'workspace.saveView': () => ({}),
    'runs.list': ({ filter = '', sort = [] }) => {
      const matching = sortRuns(runs.filter(parseFilter(filter)), sort)
      return { runs: matching, matchedCount: matching.length, totalCount: runs.length, queryMs: 1 }
    },
    'series.read': ({ requests }) => ({
      series: requests.map((request) =>
        fakeSeries(request, runs.find((run) => run.id === request.runId)?.metrics[request.metric]?.count ?? 0),
      ),
      queryMs: 1,
    }),
  }
}

/** An engine in memory: the methods given, over what a workspace with these runs answers. A method without a handler fails with `not-found`. */
export function createFakeBridge(runs: readonly RunRow[] = [], handlers: FakeHandlers = {}): FakeBridge {
  const all: FakeHandlers = { ...defaultHandlers(runs), ...handlers }
  const calls: FakeBridge['calls'] = []
  const engineListeners = new Set<(state: EngineState) => void>()
  const targetListeners = new Set<(target: OpenTarget) => void>()
  const subscribers = new Set<{ onEvent: (payload: TopicPayload<'workspace.changes'>) => void; onEnd: () => void }>()

  async function call<Name extends MethodName>(
    name: Name,
    request: RequestInput<Name>,
  ): Promise<CallOutcome<ResponseOf<Name>>> {
    calls.push({ name, request })
    const handler = all[name]
    if (!handler) return { ok: false, error: { code: 'not-found', message: `No handler for ${name}` } }
    try {
      return { ok: true, result: await handler(request) }
    } catch (thrown) {
      return { ok: false, error: toErrorReport(thrown) }
    }
  }

  return {
    calls,
    callsOf: (name) => calls.filter((made) => made.name === name).map((made) => made.request),
    call,
    cancel: () => undefined,
    subscribe(_name, _request, onEvent, onEnd) {
      // There is one topic, so its payload is the payload of every subscription.
      const subscriber = { onEvent: onEvent as (payload: TopicPayload<'workspace.changes'>) => void, onEnd }
      subscribers.add(subscriber)
      return () => subscribers.delete(subscriber)
    },
    onEngineState(listener) {
      engineListeners.add(listener)
      listener({ state: 'ready', message: '' })
      return () => engineListeners.delete(listener)
    },
    onOpenTarget(listener) {
      targetListeners.add(listener)
      return () => targetListeners.delete(listener)
    },
    onCommand: () => () => undefined,
    shell: {
      chooseFolder: async () => null,
      chooseFiles: async () => [],
      saveFile: async (suggestedName) => `/home/user/${suggestedName}`,
      chooseSavePath: async (suggestedName) => `/home/user/${suggestedName}`,
      copyText: async () => undefined,
      openExternal: async () => undefined,
      showInFolder: async () => undefined,
      setTheme: async () => undefined,
      openDropped: async () => undefined,
      restartEngine: async () => undefined,
      defaultWorkspacePath: async () => '/home/user/Ergoscope',
    },
    setEngineState: (state) => engineListeners.forEach((listener) => listener(state)),
    openTarget: (target) => targetListeners.forEach((listener) => listener(target)),
    changeRuns: (event) =>
      subscribers.forEach(({ onEvent }) =>
        acrossBridge(onEvent({ changed: [], removedRunIds: [], problems: [], ...event })),
      ),
    endSubscriptions() {
      const ended = [...subscribers]
      subscribers.clear()
      for (const { onEnd } of ended) acrossBridge(onEnd())
    },
  }
}

/** What a listener of the page returns is cloned on its way back to the preload; what cannot be cloned is an error there. */
function acrossBridge(returned: unknown): void {
  structuredClone(returned)
}
