/** An expected failure of the set-up: its message is shown to the user as it is, without a stack trace. */
export class SetupFailure extends Error {
  name = 'SetupFailure'
}
