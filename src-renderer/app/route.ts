import { shallowReadonly, shallowRef } from 'vue'
import type { ShallowRef } from 'vue'
import { formatRoute, parseRoute } from './routeText.ts'
import type { PageName, Route } from './routeText.ts'

export interface RouteStore {
  readonly route: Readonly<ShallowRef<Route>>
  go(page: PageName, query?: Record<string, string>): void
  goToRun(runId: string): void
  /** Changes the query of the current page in place: no step in the history. */
  setQuery(query: Record<string, string>): void
  /** Follows a deep link; false when it names no page. */
  follow(text: string): boolean
  dispose(): void
}

const start: Route = { page: 'start', runId: null, query: {} }

/** Where the window is, kept in the address's hash so that back and forward work. */
export function createRouteStore(target: Window = window): RouteStore {
  const route = shallowRef<Route>(parseRoute(target.location.hash) ?? start)

  function onPopState(): void {
    route.value = parseRoute(target.location.hash) ?? start
  }

  function show(next: Route): void {
    if (formatRoute(next) !== formatRoute(route.value)) target.history.pushState(null, '', `#/${formatRoute(next)}`)
    route.value = next
  }

  target.addEventListener('popstate', onPopState)

  return {
    route: shallowReadonly(route),
    go: (page, query = {}) => show({ page, runId: null, query }),
    goToRun: (runId) => show({ page: 'run', runId, query: {} }),
    setQuery(query) {
      route.value = { ...route.value, query }
      target.history.replaceState(null, '', `#/${formatRoute(route.value)}`)
    },
    follow(text) {
      const next = parseRoute(text)
      if (next) show(next)
      return next !== null
    },
    dispose: () => target.removeEventListener('popstate', onPopState),
  }
}
