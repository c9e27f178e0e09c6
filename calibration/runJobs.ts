import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { CalibrationJob, CalibrationResult } from './calibrationJobs.ts'

/** Does all jobs on as many threads as there are processors; results in the order of the jobs, whichever thread was faster. */
export async function runJobs(
  jobs: readonly CalibrationJob[],
  onDone: (done: number, job: CalibrationJob) => void,
): Promise<CalibrationResult[]> {
  const results: CalibrationResult[] = []
  let next = 0
  let done = 0
  const work = async () => {
    const worker = new Worker(new URL('calibrationThread.ts', import.meta.url))
    try {
      for (let index = next++; index < jobs.length; index = next++) {
        const job = jobs[index]
        if (!job) break
        results[index] = await answerOf(worker, job)
        done += 1
        onDone(done, job)
      }
    } finally {
      await worker.terminate()
    }
  }
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), jobs.length) }, work))
  return results
}

function answerOf(worker: Worker, job: CalibrationJob): Promise<CalibrationResult> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject)
    worker.once('message', (result: CalibrationResult) => {
      worker.off('error', reject)
      resolve(result)
    })
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, which has no origin
    worker.postMessage(job)
  })
}
