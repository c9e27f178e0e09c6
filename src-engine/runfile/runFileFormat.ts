/** Name of the one file that is a run's truth, inside the run's folder. */
export const runFileName = 'run.sqlite'

/** `application_id` of a run file: the bytes "Ergo". */
export const runFileApplicationId = 0x4572676f

/** Held by the one writer of a run while it is open. */
export const writerLockName = 'writer.lock'
