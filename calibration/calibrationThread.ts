// Does calibration jobs, one at a time, as they are sent.
import { parentPort } from 'node:worker_threads'
import { runCalibrationJob, type CalibrationJob } from './calibrationJobs.ts'

parentPort?.on('message', (job: CalibrationJob) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- the port of a thread, which has no origin
  parentPort?.postMessage(runCalibrationJob(job))
})
