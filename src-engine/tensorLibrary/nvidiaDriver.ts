import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Where a driver shows itself: the kernel module, and Windows' driver inside WSL. */
const driverFiles = ['/proc/driver/nvidia/version', '/usr/lib/wsl/lib/libcuda.so.1']
const patienceMs = 5000

/** Is an NVIDIA driver working here? Containers may hide the files, so nvidia-smi is asked too where it exists. */
export function hasNvidiaDriver(): Promise<boolean> {
  if (driverFiles.some((file) => existsSync(file))) return Promise.resolve(true)
  return new Promise((resolve) => {
    execFile('nvidia-smi', ['-L'], { timeout: patienceMs, windowsHide: true }, (error, stdout) =>
      resolve(error === null && stdout.includes('GPU')),
    )
  })
}
