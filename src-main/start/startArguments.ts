import { resolve } from 'node:path'
import type { OpenTarget } from '#shared/contract/bridge.ts'
import { parseDeepLink } from './deepLink.ts'

/**
 * What a start asks for: `[PATH | ergoscope://...] [--demo]`. `argv` is everything after the program; Chromium's own switches and, in a checkout,
 * the application's folder (`applicationFolder`) are left out. Null when the start names nothing.
 */
export function parseStartArguments(
  argv: readonly string[],
  workingFolder: string,
  applicationFolder: string,
): OpenTarget | null {
  const startDemo = argv.includes('--demo')
  const named = argv.filter((argument) => argument !== '' && !argument.startsWith('-'))
  const link = named.map(parseDeepLink).find((target) => target !== null)
  if (link) return { ...link, startDemo }
  const path = named
    .map((argument) => resolve(workingFolder, argument))
    .find((candidate) => candidate !== resolve(applicationFolder))
  if (path === undefined && !startDemo) return null
  return { workspacePath: path ?? null, route: '', startDemo }
}
