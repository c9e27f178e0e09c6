/** The closed set of expected failures. A message says what failed, with which value, and what to do. */
export const errorCodes = [
  'bad-request',
  'not-found',
  'ambiguous',
  'unreadable-run',
  'newer-run-file',
  'read-only',
  'disk-full',
  'invalid-recipe',
  'invalid-filter',
  'invalid-import',
  'tensor-engine-missing',
  'cannot-control',
  'cancelled',
  'timed-out',
  'engine-unavailable',
  'forbidden',
  'internal',
] as const

export type ErrorCode = (typeof errorCodes)[number]

/** What crosses a process boundary in place of an Error: the cause and the stack stay in the log of the process that threw. */
export interface ErrorReport {
  code: ErrorCode
  message: string
  /** Plain data that a view may use (the run's id, the offending key), never a stack. */
  data?: Record<string, string | number | boolean | null>
}

/** An expected failure: shown to the user as one line. Anything else that is thrown is a bug. */
export class ErgoscopeError extends Error {
  readonly code: ErrorCode
  readonly data: ErrorReport['data']

  constructor(code: ErrorCode, message: string, options: { cause?: unknown; data?: ErrorReport['data'] } = {}) {
    super(message, { cause: options.cause })
    this.name = 'ErgoscopeError'
    this.code = code
    this.data = options.data
  }
}

/** Any thrown value as a report: expected failures keep their code, bugs become `internal` with their message alone. */
export function toErrorReport(thrown: unknown): ErrorReport {
  if (thrown instanceof ErgoscopeError) {
    return thrown.data
      ? { code: thrown.code, message: thrown.message, data: thrown.data }
      : { code: thrown.code, message: thrown.message }
  }
  return { code: 'internal', message: messageOf(thrown) }
}

/** Never empty: an assertion of a library may say nothing but where it stands. */
function messageOf(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message : String(thrown)
  if (text.trim() !== '') return text
  if (!(thrown instanceof Error)) return 'a fault without a message'
  const place = /^\s*at (\S+)/m.exec(thrown.stack ?? '')?.[1]
  return `${thrown.name} without a message${place === undefined ? '' : `, in ${place}`}`
}
