/** Exit codes of a worker; the run file says the rest. */
export const workerExitCodes = {
  /** The end is recorded in the run file. */
  recorded: 0,
  crashed: 1,
  /** It ended itself for a reason that it could not record: the line on stderr says which. */
  unrecorded: 3,
} as const

/** Output of supervisor and worker, in the run's folder. */
export const workerLogName = 'worker.log'
