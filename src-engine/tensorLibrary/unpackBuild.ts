import { renameSync, rmSync } from 'node:fs'
import { extractWheel, isHeader, isRuntimePart } from './extractWheel.ts'
import type { InstallRequest } from './installRequest.ts'
import { megabytes } from './megabytes.ts'

/** Fetching takes most of the time; what is unpacked afterwards goes at the speed of the disk. */
export const shareOfFetching = 0.8

/** Unpacks what is needed of the wheels into a folder beside the target, which takes its place when it is complete. */
export async function unpackBuild(request: InstallRequest, archives: readonly string[], folder: string): Promise<void> {
  const { wheels, neededBytes, withHeaders, signal, onProgress } = request
  const partial = `${folder}.partial`
  rmSync(partial, { recursive: true, force: true })
  const expected = neededBytes - wheels.reduce((sum, { bytes }) => sum + bytes, 0)
  let before = 0
  try {
    for (const archive of archives) {
      let here = 0
      const onBytes = (bytes: number): void => {
        here = bytes
        const fraction = Math.min(1, (before + bytes) / expected)
        onProgress(shareOfFetching + (1 - shareOfFetching) * fraction, `Unpacking: ${megabytes(before + bytes)} MB`)
      }
      const isNeeded = (path: string): boolean => isRuntimePart(path) || (withHeaders && isHeader(path))
      await extractWheel(archive, partial, { isNeeded, signal, onBytes })
      before += here
    }
    rmSync(folder, { recursive: true, force: true })
    renameSync(partial, folder)
  } catch (cause) {
    rmSync(partial, { recursive: true, force: true })
    throw cause
  }
}
