import type { z } from 'zod'
import type { MethodName, RequestOf, ResponseOf, TopicName, TopicPayload, topics } from '#shared/contract/contract.ts'
import type { CallContext } from './callContext.ts'

export type Handler<Name extends MethodName> = (
  request: RequestOf<Name>,
  context: CallContext,
) => Promise<ResponseOf<Name>> | ResponseOf<Name>

/** One handler per method of the contract: a missing or surplus one does not compile. */
export type Handlers = { readonly [Name in MethodName]: Handler<Name> }

/** The handlers of one domain, e.g. `HandlersOf<'runs'>`. */
export type HandlersOf<Domain extends string> = Pick<Handlers, Extract<MethodName, `${Domain}.${string}`>>

/** Where a subscription's events come from. `merge` folds events that came too fast into one, the newer one second. */
export interface TopicSource<Request, Payload> {
  /** Starts the events; the returned function ends them. */
  open(request: Request, emit: (payload: Payload) => void): Promise<() => void>
  merge: (older: Payload, newer: Payload) => Payload
}

/** A topic's request after parsing: defaults filled in. */
export type TopicRequestOf<Name extends TopicName> = z.output<(typeof topics)[Name]['request']>

export type TopicSources = {
  readonly [Name in TopicName]: TopicSource<TopicRequestOf<Name>, TopicPayload<Name>>
}
