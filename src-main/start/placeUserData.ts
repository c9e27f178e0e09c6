import { homedir } from 'node:os'
import { join } from 'node:path'
import { app } from 'electron'
import { userFolders } from '#shared/userFolders.ts'

/**
 * Puts what Electron writes where the platform wants it: the window's state, its log and the lock of the single instance into the state folder, Chromium's profile, which
 * can be made again, into the cache. To be called before anything asks for these paths. `--user-data-dir` wins.
 */
export function placeUserData(): void {
  if (app.commandLine.hasSwitch('user-data-dir')) return
  const { state, cache } = userFolders({ environment: process.env, platform: process.platform, home: homedir() })
  app.setPath('userData', join(state, 'window'))
  app.setPath('sessionData', join(cache, 'window'))
  app.setPath('crashDumps', join(state, 'crashes'))
}
