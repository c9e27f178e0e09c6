import { shallowReadonly, shallowRef } from 'vue'
import type { ShallowRef } from 'vue'
import { ErgoscopeError, toErrorReport } from '#shared/errors.ts'
import type { ErrorReport } from '#shared/errors.ts'
import type { Client } from '../rpc/client.ts'

export type Installation =
  | { state: 'idle' }
  | { state: 'running'; fraction: number; label: string }
  | { state: 'done' }
  | { state: 'failed'; error: ErrorReport }

/** The installation of the tensor library: it takes minutes, so it goes on while other pages are looked at. */
export interface TensorLibraryStore {
  readonly installation: Readonly<ShallowRef<Installation>>
  /** Fetches the library, or takes it from wheels; goes on where an earlier try stopped. One at a time. */
  install(wheelFiles: readonly string[]): Promise<void>
  /** Stops it; what was fetched is kept. */
  cancel(): void
}

export function createTensorLibraryStore(client: Client): TensorLibraryStore {
  const installation = shallowRef<Installation>({ state: 'idle' })
  let controller = new AbortController()

  async function install(wheelFiles: readonly string[]): Promise<void> {
    if (installation.value.state === 'running') return
    controller = new AbortController()
    installation.value = { state: 'running', fraction: 0, label: 'Starting' }
    try {
      await client.call(
        'tensorLibrary.install',
        { wheelFiles: [...wheelFiles] },
        {
          signal: controller.signal,
          onProgress: (progress) => {
            installation.value = { state: 'running', ...progress }
          },
        },
      )
      installation.value = { state: 'done' }
    } catch (thrown) {
      const isCancelled = thrown instanceof ErgoscopeError && thrown.code === 'cancelled'
      installation.value = isCancelled ? { state: 'idle' } : { state: 'failed', error: toErrorReport(thrown) }
    }
  }

  return { installation: shallowReadonly(installation), install, cancel: () => controller.abort() }
}
