import { z } from 'zod'
import { ErgoscopeError } from '#shared/errors.ts'
import type { ClientMessage } from '#shared/protocol.ts'

const idSchema = z.int().positive()

const clientMessageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('request'), id: idSchema, method: z.string(), params: z.unknown() }),
  z.object({ kind: z.literal('cancel'), id: idSchema }),
  z.object({ kind: z.literal('subscribe'), id: idSchema, topic: z.string(), params: z.unknown() }),
]) satisfies z.ZodType<ClientMessage>

/** A decoded frame as a message of the client. Throws ErgoscopeError `bad-request` in one line. */
export function parseClientMessage(decoded: unknown): ClientMessage {
  const parsed = clientMessageSchema.safeParse(decoded)
  if (!parsed.success)
    throw new ErgoscopeError('bad-request', `Not a message of the protocol: ${firstProblem(parsed.error)}`)
  return parsed.data
}

/** The first problem of a refused value in one line: where, what. */
export function firstProblem(error: z.ZodError): string {
  const issue = error.issues[0]
  if (!issue) return 'invalid value'
  return issue.path.length === 0 ? issue.message : `${issue.path.join('.')}: ${issue.message}`
}

/** The id that a refused message carries, so that its sender learns of it; 0 when there is none. */
export function idOf(decoded: unknown): number {
  if (typeof decoded !== 'object' || decoded === null || !('id' in decoded)) return 0
  return typeof decoded.id === 'number' && Number.isSafeInteger(decoded.id) && decoded.id > 0 ? decoded.id : 0
}
