import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { SetupFailure } from './SetupFailure.mjs'

/** Kernel settings that keep ordinary users from making their own namespaces, which Electron's sandbox is built on. */
const restrictions = [
  { file: '/proc/sys/kernel/apparmor_restrict_unprivileged_userns', restrictedValue: '1' },
  { file: '/proc/sys/kernel/unprivileged_userns_clone', restrictedValue: '0' },
]

/**
 * Fails with the command to run where Electron could not start its sandbox (Ubuntu 23.10 and newer).
 * @param {string} executable
 */
export function requireSandbox(executable, isRestricted = areNamespacesRestricted) {
  const helper = join(dirname(executable), 'chrome-sandbox')
  if (process.platform !== 'linux' || process.getuid?.() === 0 || !isRestricted() || isSetUpForRoot(helper)) return
  throw new SetupFailure(
    'this system lets no ordinary program make a sandbox, which the window needs. Allow it for this one, then try again:\n' +
      `  sudo chown root:root ${helper} && sudo chmod 4755 ${helper}`,
  )
}

function areNamespacesRestricted() {
  return restrictions.some(
    ({ file, restrictedValue }) => existsSync(file) && readFileSync(file, 'utf8').trim() === restrictedValue,
  )
}

/** @param {string} helper */
function isSetUpForRoot(helper) {
  const stats = statSync(helper, { throwIfNoEntry: false })
  return stats !== undefined && stats.uid === 0 && (stats.mode & 0o4000) !== 0
}
