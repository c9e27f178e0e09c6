/** Lines for whoever maintains the program; on stderr, because stdout carries the protocol. */
export interface Log {
  info(message: string): void
  /** `cause` is written with its stack: it never crosses the process boundary. */
  error: (message: string, cause?: unknown) => void
}

export function createLog(write: (line: string) => void, now: () => Date): Log {
  const line = (level: string, message: string): void => write(`${now().toISOString()} ${level} ${message}\n`)
  return {
    info: (message) => line('info', message),
    error(message, cause) {
      line('error', cause === undefined ? message : `${message}: ${describeCause(cause)}`)
    },
  }
}

function describeCause(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  const stack = cause.stack ?? cause.message
  return cause.cause === undefined ? stack : `${stack}\ncaused by ${describeCause(cause.cause)}`
}
