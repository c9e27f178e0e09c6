import { ErgoscopeError } from '#shared/errors.ts'
import type { InstallRequest } from './installRequest.ts'
import { megabytes } from './megabytes.ts'
import { obtainWheel } from './obtainWheel.ts'
import { findPip } from './pip.ts'
import { shareOfFetching } from './unpackBuild.ts'
import { wheelsToBring } from './wheelFiles.ts'
import type { Wheel } from './wheels.ts'

/** Brings the wheels into the folder of downloads; gives the path of each by its name. Throws ErgoscopeError when there is no pip to ask, with what to bring instead. */
export async function fetchWheels(
  missing: readonly Wheel[],
  downloads: string,
  signal: AbortSignal,
  onProgress: InstallRequest['onProgress'],
): Promise<Map<string, string>> {
  const fetched = new Map<string, string>()
  if (missing.length === 0) return fetched
  const python = await findPip(signal)
  if (python === null) throw noPip(missing)
  const total = missing.reduce((sum, { bytes }) => sum + bytes, 0)
  let before = 0
  for (const wheel of missing) {
    const report = (bytes: number): void =>
      onProgress(
        (shareOfFetching * (before + bytes)) / total,
        `Fetching ${wheel.project} ${wheel.version}: ${megabytes(bytes)} of ${megabytes(wheel.bytes)} MB`,
      )
    report(0)
    fetched.set(wheel.file, await obtainWheel(wheel, downloads, { python, signal, onBytes: report }))
    before += wheel.bytes
  }
  return fetched
}

function noPip(missing: readonly Wheel[]): ErgoscopeError {
  return new ErgoscopeError(
    'tensor-engine-missing',
    `TensorFlow is fetched with Python's pip, which is not here: install it (sudo apt-get install python3-pip), or bring from another machine and give with --wheel:\n${wheelsToBring(missing)}`,
  )
}
