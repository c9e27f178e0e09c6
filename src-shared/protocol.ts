import type { ErrorReport } from './errors.ts'

/** Raised when a frame's meaning changes; the handshake refuses another number. */
export const protocolVersion = 1

/** Frame on the wire: unsigned 32-bit little-endian byte length, then one MessagePack document. Float64Array travels as extension type 1 (little-endian bytes). */
export const float64ArrayExtension = 1

/** Refused above this size (bytes): a length field that is garbage must not allocate the machine. */
export const maximumFrameBytes = 256 * 1024 * 1024

export type ClientMessage =
  | { kind: 'request'; id: number; method: string; params: unknown }
  /** Ends the request or the subscription with that id. A cancelled request still gets its answer: error `cancelled`. */
  | { kind: 'cancel'; id: number }
  | { kind: 'subscribe'; id: number; topic: string; params: unknown }

export type EngineMessage =
  | { kind: 'result'; id: number; result: unknown }
  | { kind: 'error'; id: number; error: ErrorReport }
  /** How far a long request is: `fraction` 0..1, and what is being done. */
  | { kind: 'progress'; id: number; fraction: number; label: string }
  /** One batch of a subscription; `sequence` counts from 0 without gaps, at most about ten a second. */
  | { kind: 'event'; id: number; sequence: number; payload: unknown }
