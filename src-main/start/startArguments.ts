import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { OpenTarget } from '#shared/contract/bridge.ts'
import { isDeepLink, parseDeepLink } from './deepLink.ts'
import { placeOf, targetOfArgument } from './openTarget.ts'

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
  const link = named.find(isDeepLink)
  if (link !== undefined) return targetOfLink(link)
  const path = named
    .map((argument) => resolve(workingFolder, pathOf(argument)))
    .find((candidate) => candidate !== resolve(applicationFolder))
  if (path === undefined && !startDemo) return null
  if (path === undefined) return { ...placeOf(null), startDemo }
  return { ...targetOfArgument(path), startDemo }
}

/** What is dropped on the desktop entry's icon comes as a file URL. One that names no path of this machine stays as it is: no such folder will be found. */
function pathOf(argument: string): string {
  if (!/^file:\/\/\//i.test(argument)) return argument
  try {
    const path = fileURLToPath(argument)
    return path.includes('\0') ? argument : path
  } catch {
    return argument // A slash that is encoded, or a percent sign that encodes nothing.
  }
}

/** A link starts nothing: whoever wrote it is not the user. */
function targetOfLink(link: string): OpenTarget {
  const shown = link.replaceAll(/\p{Cc}/gu, ' ').slice(0, 120)
  const problem = `This link cannot be opened: ${shown}. A link of Ergoscope is ergoscope://open?workspace=FOLDER&route=PAGE`
  return parseDeepLink(link) ?? { ...placeOf(null), problem }
}
