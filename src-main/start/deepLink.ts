import { isAbsolute } from 'node:path'
import type { OpenTarget } from '#shared/contract/bridge.ts'

const routePattern = /^[a-zA-Z]+(?:[/?][^\p{Cc}]*)?$/u

/**
 * `ergoscope://open?workspace=/path&route=compare%3Fruns%3Da,b` as a target; null for anything else. A link may come from a stranger's page:
 * it can show an existing folder of this machine, nothing more.
 */
export function parseDeepLink(text: string): OpenTarget | null {
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  if (url.protocol !== 'ergoscope:' || url.host !== 'open') return null
  const workspacePath = url.searchParams.get('workspace')
  const route = url.searchParams.get('route') ?? ''
  if (
    workspacePath !== null &&
    (!isAbsolute(workspacePath) || workspacePath.startsWith('\\\\') || workspacePath.startsWith('//'))
  )
    return null
  if (route !== '' && !routePattern.test(route)) return null
  return { workspacePath, route, startDemo: false }
}
