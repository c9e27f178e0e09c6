import { installForUser } from '#engine/tensorLibrary/installForUser.ts'
import { tensorLibraryStatus } from '#engine/tensorLibrary/tensorLibraryStatus.ts'
import type { HandlersOf } from '../handlers.ts'

export function createTensorLibraryHandlers(): HandlersOf<'tensorLibrary'> {
  return {
    'tensorLibrary.status': () => tensorLibraryStatus(),
    'tensorLibrary.install': ({ kind, wheelFiles }, { signal, progress }) =>
      installForUser({ kind, wheelFiles, signal, onProgress: progress }),
  }
}
