import { isAbsolute } from 'node:path'
import type { OpenTarget } from '#shared/contract/bridge.ts'
import { placeOf } from './openTarget.ts'

const routePattern = /^[a-zA-Z]+(?:[/?][^\p{Cc}]*)?$/u
const knownParameters = new Set(['workspace', 'route'])
const maximumLength = 8192

/** Whether a text means to be one of our links, right or wrong. */
export function isDeepLink(text: string): boolean {
  return /^ergoscope:/i.test(text)
}

/**
 * `ergoscope://open?workspace=/path&route=compare%3Fruns%3Da,b` as a target; null for anything else. A link may come from a stranger's page: it can show an existing folder
 * of this machine, nothing more. So it holds what we write into one and nothing beside: each parameter once, no user, port, path or fragment.
 */
export function parseDeepLink(text: string): OpenTarget | null {
  if (text.length > maximumLength || !URL.canParse(text)) return null
  const url = new URL(text)
  if (url.protocol !== 'ergoscope:' || url.host !== 'open' || !['', '/'].includes(url.pathname)) return null
  if (url.username !== '' || url.password !== '' || url.hash !== '') return null
  const names = [...url.searchParams.keys()]
  if (new Set(names).size !== names.length || names.some((name) => !knownParameters.has(name))) return null
  const workspacePath = url.searchParams.get('workspace')
  const route = url.searchParams.get('route') ?? ''
  if (workspacePath !== null && !isLocalPath(workspacePath)) return null
  if (route !== '' && !routePattern.test(route)) return null
  return { ...placeOf(workspacePath), route }
}

/** An absolute path of this machine: no share of another one, nothing that a terminal or a log would act on. */
function isLocalPath(path: string): boolean {
  return isAbsolute(path) && !/^[\\/]{2}/.test(path) && !/\p{Cc}/u.test(path)
}
