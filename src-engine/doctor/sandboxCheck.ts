import { existsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Check, works } from './check.ts'
import { runProgram } from './runProgram.ts'
import { readElectronRecord } from './setUpRecord.ts'

/** Chromium confines the page in a namespace of its own, or with a helper that root has allowed to. */
export const checkSandbox: Check = async ({ signal }) => {
  if (process.platform !== 'linux') return works('sandbox', 'Sandbox', 'provided by the system')
  if (process.getuid?.() === 0)
    return limited('root has none: a window of root is not confined', 'Open the window as an ordinary user', null)
  const helper = sandboxHelpers().find(isAllowed)
  if (helper !== undefined) return works('sandbox', 'Sandbox', `by ${helper}`)
  // A new namespace alone is granted by some systems that then deny all rights in it.
  const { isOk } = await runProgram('unshare', ['--user', '--map-root-user', 'true'], { signal })
  if (isOk) return works('sandbox', 'Sandbox', 'by user namespaces')
  const own = sandboxHelpers()[0]
  return limited(
    'this system lets no ordinary program make one: the window does not open',
    'Allow it for the helper of this program',
    own === undefined ? null : `sudo chown root:root ${own} && sudo chmod 4755 ${own}`,
  )
}

function limited(detail: string, advice: string, command: string | null): ReturnType<typeof works> {
  return { id: 'sandbox', title: 'Sandbox', status: 'limited', detail, advice, command }
}

/** Beside Electron: of the set-up, or of the installed program, whose Node lies in resources/node/bin. */
function sandboxHelpers(): string[] {
  const record = readElectronRecord()
  const folders = [
    ...(record === null ? [] : [dirname(record.executable)]),
    join(dirname(process.execPath), '..', '..', '..'),
  ]
  return folders.map((folder) => join(folder, 'chrome-sandbox')).filter((helper) => existsSync(helper))
}

function isAllowed(helper: string): boolean {
  const stats = statSync(helper)
  return stats.uid === 0 && (stats.mode & 0o4000) !== 0
}
