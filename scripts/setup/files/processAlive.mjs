/** @param {number} pid */
export function isProcessAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (cause) {
    // EPERM: it lives, but belongs to another user.
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM'
  }
}
