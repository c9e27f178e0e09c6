import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { expect, it, onTestFinished } from 'vitest'
import { checkCache } from '#engine/doctor/placeChecks.ts'
import { temporaryFolder } from '../../runfile/runFolder.ts'

it('a place where an installation is under way is measured as it is found', async () => {
  const base = temporaryFolder()
  const folder = join(base, 'ergoscope')
  mkdirSync(folder)
  writeFileSync(join(folder, 'kept'), Buffer.alloc(3000))
  const churn = new Worker(new URL('./workers/folderChurn.ts', import.meta.url), { workerData: folder })
  onTestFinished(async () => void (await churn.terminate()))
  await once(churn, 'message')
  const context = {
    environment: { XDG_CACHE_HOME: base },
    signal: new AbortController().signal,
    workspacePath: base,
  }
  for (let look = 0; look < 5000; look += 1)
    expect(await checkCache(context)).toMatchObject({ status: 'works', detail: expect.stringContaining(folder) })
})
