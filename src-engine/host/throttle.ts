/** Passes on what it is given, at most once per `intervalMs`; what comes faster is folded by `merge` and passed on when the time has come and `mayPass` agrees. */
export interface Throttle<Value> {
  push: (value: Value) => void
  /** Drops what waits. */
  close(): void
}

export function createThrottle<Value>(options: {
  intervalMs: number
  merge: (older: Value, newer: Value) => Value
  pass: (value: Value) => void
  /** While false (a reader that does not keep up), values go on being merged. */
  mayPass?: () => boolean
}): Throttle<Value> {
  let waiting: { value: Value } | null = null
  let timer: NodeJS.Timeout | null = null

  function passOrWait(): void {
    if (waiting && (options.mayPass?.() ?? true)) {
      const { value } = waiting
      waiting = null
      options.pass(value)
    } else if (!waiting) {
      timer = null
      return
    }
    timer = setTimeout(passOrWait, options.intervalMs)
    timer.unref()
  }

  return {
    push(value) {
      waiting = { value: waiting ? options.merge(waiting.value, value) : value }
      if (!timer) passOrWait()
    },
    close() {
      waiting = null
      if (timer) clearTimeout(timer)
      timer = null
    },
  }
}
