import { setImmediate } from 'node:timers/promises'

/** Lets other requests be served between two parts of a long one; throws the reason when this one was cancelled meanwhile. */
export async function giveWay(signal: AbortSignal): Promise<void> {
  await setImmediate()
  signal.throwIfAborted()
}
