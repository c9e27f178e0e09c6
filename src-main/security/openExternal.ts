import { shell } from 'electron'
import { ErgoscopeError } from '#shared/errors.ts'
import { isExternalUrlAllowed } from './externalUrl.ts'

/** Opens a web page in the user's browser. Throws ErgoscopeError `forbidden` for anything but a plain https address. */
export async function openExternalSafely(address: string): Promise<void> {
  if (!isExternalUrlAllowed(address)) {
    throw new ErgoscopeError('forbidden', `Only https addresses are opened, not "${address.slice(0, 80)}"`)
  }
  await shell.openExternal(address)
}
