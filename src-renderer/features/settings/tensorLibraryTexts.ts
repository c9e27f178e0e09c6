import { formatBytes } from '#core/format/formatQuantity.ts'
import type { TensorLibraryStatus } from '#shared/contract/tensorLibrary.ts'

export const kindTexts = { cpu: 'the CPU build', cuda: 'the CUDA build' } as const

const sourceTexts = {
  environment: 'named by ERGOSCOPE_TENSORFLOW',
  user: 'installed by you',
  checkout: 'of the set-up of this checkout',
} as const

/** What is installed, in one line. */
export function installedText({ installed, version }: TensorLibraryStatus): string {
  if (installed === null) return 'Nothing: networks train on the slow JavaScript backend'
  const kind = installed.kind === null ? '' : `, ${kindTexts[installed.kind]}`
  return installed.source === 'environment'
    ? `TensorFlow, ${sourceTexts.environment}`
    : `TensorFlow ${version}${kind}, ${sourceTexts[installed.source]}`
}

/** What an interrupted download left, to follow the sizes; empty when nothing did. */
export function fetchedText({ fetchedBytes }: { readonly fetchedBytes: number }): string {
  return fetchedBytes > 0 ? `; ${formatBytes(fetchedBytes)} of it are fetched already` : ''
}
