// A thread that writes one content to one file, again and again.
import { parentPort, workerData } from 'node:worker_threads'
import { writeFileAtomically } from '#engine/files/writeFileAtomically.ts'

const { file, content } = workerData as { file: string; content: string } // as the test gives it
for (let time = 0; time < 200; time += 1) writeFileAtomically(file, content)
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- the port of a thread, which has no origin
parentPort?.postMessage('written')
