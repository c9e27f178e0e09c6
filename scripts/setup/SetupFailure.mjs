/** An expected failure of the set-up: its message is shown to the user as it is, without a stack trace. */
export class SetupFailure extends Error {
  /** @override */
  name = 'SetupFailure'

  /**
   * @param {string} message what failed, with which value, and what to do
   * @param {{ cause?: unknown, output?: string }} [options] `output`: everything that a failed program printed
   */
  constructor(message, { cause, output = '' } = {}) {
    super(message, { cause })
    this.output = output || (cause instanceof SetupFailure ? cause.output : '')
  }
}
