import { existsSync, readFileSync } from 'node:fs'
import { errorCodeOf } from '#engine/files/sqliteErrors.ts'

/** Process ids are used again; a process that started this much later or earlier than the worker said is another one. */
const startToleranceMs = 30_000
/** USER_HZ, which Linux fixes at 100 for every interface to user space. */
const clockTicksPerSecond = 100

/** State letter and start time of a process from /proc; null where that cannot be read. */
function procStat(pid: number): { state: string; startedAtMs: number } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field, the command's name in parentheses, may hold spaces and parentheses itself.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const bootSeconds = Number(/^btime (\d+)$/m.exec(readFileSync('/proc/stat', 'utf8'))?.[1])
    return { state: fields[0] ?? '', startedAtMs: (bootSeconds + Number(fields[19]) / clockTicksPerSecond) * 1000 }
  } catch (cause) {
    if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].includes(errorCodeOf(cause))) return null
    throw cause
  }
}

/** Whether the process with this id runs on this machine and is the one that started then (not a later one with the same id, not a zombie). */
export function isProcessAlive(pid: number, startedAtMs: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (cause) {
    // EPERM: it exists and belongs to someone else.
    if (errorCodeOf(cause) !== 'EPERM') return false
  }
  const stat = existsSync('/proc/self/stat') ? procStat(pid) : null
  if (!stat) return true
  return stat.state !== 'Z' && stat.state !== 'X' && !(Math.abs(stat.startedAtMs - startedAtMs) > startToleranceMs)
}
