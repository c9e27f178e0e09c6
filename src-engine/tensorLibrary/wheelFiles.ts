import { statSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import type { LibraryKind } from '#engine/tensor/tensorflow/libraryPlaces.ts'
import { ErgoscopeError } from '#shared/errors.ts'
import { sha256Of } from './checksum.ts'
import { pipCommand } from './pip.ts'
import { wheels, type Wheel } from './wheels.ts'

/** Wheels that the user has as files, by the name that they are published under. */
export type WheelFiles = ReadonlyMap<string, string>

const allWheels = Object.values(wheels).flat()

/** Checks wheels from another machine against the pinned list: by content, so that a file that was renamed is known too. Throws ErgoscopeError in one line otherwise. */
export async function checkWheelFiles(files: readonly string[], signal: AbortSignal): Promise<WheelFiles> {
  const checked = new Map<string, string>()
  for (const file of files.map((path) => resolve(path))) checked.set((await recognise(file, signal)).file, file)
  return checked
}

async function recognise(file: string, signal: AbortSignal): Promise<Wheel> {
  const stats = statSync(file, { throwIfNoEntry: false })
  if (!stats?.isFile())
    throw new ErgoscopeError('not-found', `the wheel ${file} does not exist: give the path of a .whl`)
  const sameName = allWheels.find((wheel) => wheel.file === basename(file))
  // Most wrong files are told by their size, without reading them.
  const candidates = allWheels.filter((wheel) => wheel.bytes === stats.size)
  const sha256 = candidates.length > 0 || sameName ? await sha256Of(file, signal) : ''
  const known = candidates.find((wheel) => wheel.sha256 === sha256)
  if (known) return known
  if (sameName)
    throw new ErgoscopeError(
      'not-found',
      `${file} is not the wheel of that name: it has the sha256 ${sha256}, expected is ${sameName.sha256}; fetch it again`,
    )
  throw new ErgoscopeError(
    'not-found',
    `${file} is none of the wheels that are needed; for the CPU build it is ${wheels.cpu.map((wheel) => wheel.file).join(', ')}`,
  )
}

/** The build that the given wheels are of: the one that contains TensorFlow itself decides. Null when none of them does. */
export function kindOfWheels(files: WheelFiles): LibraryKind | null {
  if (wheels.cpu.some((wheel) => files.has(wheel.file))) return 'cpu'
  return wheels.cuda.some((wheel) => files.has(wheel.file)) ? 'cuda' : null
}

/** What to carry from a machine with a network: names and checksums, and how to fetch them there. */
export function wheelsToBring(needed: readonly Wheel[]): string {
  return needed
    .map(
      (wheel) =>
        `${wheel.file} (${Math.round(wheel.bytes / 1e6)} MB, sha256 ${wheel.sha256}), there: ${pipCommand(wheel)}`,
    )
    .join('\n')
}
