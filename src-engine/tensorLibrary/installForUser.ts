import { userLibraryRoot, type LibraryKind } from '#engine/tensor/tensorflow/libraryPlaces.ts'
import { installTensorLibrary, type InstalledLibrary } from './installTensorLibrary.ts'
import { hasNvidiaDriver } from './nvidiaDriver.ts'
import { checkWheelFiles, kindOfWheels } from './wheelFiles.ts'
import { neededBytes, wheels } from './wheels.ts'

export interface UserInstallRequest {
  /** Null: the build of the given wheels, else CUDA where an NVIDIA driver is found, else CPU. */
  kind: LibraryKind | null
  wheelFiles: readonly string[]
  signal: AbortSignal
  onProgress: (fraction: number, label: string) => void
}

/** Installs the tensor library into the user's data folder: what Settings and `ergoscope doctor --install-engine` do. */
export async function installForUser(request: UserInstallRequest): Promise<InstalledLibrary> {
  const { signal, onProgress, wheelFiles } = request
  if (wheelFiles.length > 0) onProgress(0, 'Checking the given wheels')
  const files = await checkWheelFiles(wheelFiles, signal)
  const kind = request.kind ?? kindOfWheels(files) ?? (await suggestedKind())
  return installTensorLibrary({
    root: userLibraryRoot(),
    kind,
    wheels: wheels[kind],
    neededBytes: neededBytes[kind],
    files,
    withHeaders: false,
    replacesOthers: true,
    signal,
    onProgress,
  })
}

/** The build that fits this machine. */
export async function suggestedKind(): Promise<LibraryKind> {
  return (await hasNvidiaDriver()) ? 'cuda' : 'cpu'
}
