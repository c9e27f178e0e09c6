import type { z } from 'zod'

/** One callable of the engine: what it takes, what it answers, how long a caller waits. */
export interface Method<Request extends z.ZodType = z.ZodType, Response extends z.ZodType = z.ZodType> {
  request: Request
  response: Response
  /** Milliseconds until the caller gives up with `timed-out`; null for work that may take long and reports progress. */
  timeoutMs: number | null
}

export function method<Request extends z.ZodType, Response extends z.ZodType>(
  request: Request,
  response: Response,
  options: { timeoutMs?: number | null } = {},
): Method<Request, Response> {
  return { request, response, timeoutMs: options.timeoutMs === undefined ? 30_000 : options.timeoutMs }
}

/** One subscription: what it takes and what each of its batched events carries. */
export interface Topic<Request extends z.ZodType = z.ZodType, Payload extends z.ZodType = z.ZodType> {
  request: Request
  payload: Payload
}

export function topic<Request extends z.ZodType, Payload extends z.ZodType>(
  request: Request,
  payload: Payload,
): Topic<Request, Payload> {
  return { request, payload }
}
