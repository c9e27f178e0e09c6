/** What a handler may use of the call that it answers. */
export interface CallContext {
  /** Aborted when the caller cancelled or went away. */
  readonly signal: AbortSignal
  /** How far the work is, `fraction` 0..1; may be called often, at most ten a second are sent. */
  progress: (fraction: number, label: string) => void
}
