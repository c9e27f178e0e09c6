import type { LibraryKind } from '#engine/tensor/tensorflow/libraryPlaces.ts'
import type { WheelFiles } from './wheelFiles.ts'
import type { Wheel } from './wheels.ts'

export interface InstallRequest {
  /** Holds the builds, and downloads while they are under way. */
  root: string
  kind: LibraryKind
  /** What the build is made of, from wheels.ts. */
  wheels: readonly Wheel[]
  /** Free space that fetching and unpacking take. */
  neededBytes: number
  /** Wheels that are at hand; the others are fetched. */
  files: WheelFiles
  /** Also what compiling the addon needs. */
  withHeaders: boolean
  /** Ends what other builds and versions left in the root: one user needs one library. */
  replacesOthers: boolean
  signal: AbortSignal
  onProgress: (fraction: number, label: string) => void
}
