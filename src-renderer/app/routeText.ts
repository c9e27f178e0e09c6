/** The views of the window. `query` carries what a deep link needs: selected runs, panels, axis. */
export const pageNames = ['start', 'runs', 'compare', 'diagnose', 'run', 'new', 'import', 'settings'] as const
export type PageName = (typeof pageNames)[number]

export interface Route {
  page: PageName
  /** Only for the page `run`. */
  runId: string | null
  query: Readonly<Record<string, string>>
}

function isPageName(text: string): text is PageName {
  return (pageNames as readonly string[]).includes(text)
}

/** Reads the part of a deep link after the workspace: `runs`, `run/ID`, `compare?runs=a,b&x=step`. Anything else gives null. */
export function parseRoute(text: string): Route | null {
  const [path = '', search = ''] = text.replace(/^#?\/?/, '').split('?', 2)
  const [page = '', ...rest] = path.split('/').map(decodeURIComponentSafely)
  if (!isPageName(page)) return null
  const runId = page === 'run' ? rest.join('/') : ''
  if (page === 'run' && runId === '') return null
  return { page, runId: runId === '' ? null : runId, query: Object.fromEntries(new URLSearchParams(search)) }
}

/** The inverse of `parseRoute`. */
export function formatRoute(route: Route): string {
  const path = route.runId === null ? route.page : `${route.page}/${encodeURIComponent(route.runId)}`
  const search = new URLSearchParams(route.query).toString()
  return search === '' ? path : `${path}?${search}`
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // A stray percent sign in a link typed by hand is meant literally.
    return text
  }
}
