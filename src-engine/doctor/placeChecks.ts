import { accessSync, constants, existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname } from 'node:path'
import { formatBytes } from '#core/format/formatQuantity.ts'
import { userFolders, type UserFolders } from '#shared/userFolders.ts'
import { type Check, works } from './check.ts'
import { folderSize } from './folderSize.ts'

/** What the program keeps of the user's, and where: settings, the tensor library, logs, the cache. */
export const checkSettings = placeCheck('settings', 'Settings', 'config')
export const checkData = placeCheck('data', 'Data', 'data')
export const checkState = placeCheck('state', 'State and logs', 'state')
export const checkCache = placeCheck('cache', 'Cache', 'cache')

function placeCheck(id: string, title: string, purpose: keyof UserFolders): Check {
  return ({ environment }) => {
    const folder = userFolders({ environment, platform: process.platform, home: homedir() })[purpose]
    if (!isWritable(folder))
      return {
        id,
        title,
        status: 'limited',
        detail: `${folder} cannot be written`,
        advice: 'What belongs there is not kept: change the rights of the folder, or name another by its XDG variable',
        command: null,
      }
    return works(
      id,
      title,
      existsSync(folder) ? `${formatBytes(folderSize(folder))} in ${folder}` : `${folder} does not exist yet`,
    )
  }
}

/** Whether the folder, or the nearest one above it that exists, takes files. */
function isWritable(folder: string): boolean {
  if (!existsSync(folder) && dirname(folder) !== folder) return isWritable(dirname(folder))
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false // The answer, not a failure.
  }
}
