// A thread that makes and removes folders below one, until it is ended.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'

const folder = String(workerData)
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- the port of a thread, which has no origin
parentPort?.postMessage('begins')
for (;;) {
  mkdirSync(join(folder, 'part', 'lib', 'deep'), { recursive: true })
  writeFileSync(join(folder, 'part', 'lib', 'deep', 'file'), 'bytes')
  rmSync(join(folder, 'part'), { recursive: true })
}
