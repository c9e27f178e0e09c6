import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Where a driver shows itself: the kernel module, and Windows' driver inside WSL. */
const driverFiles = ['/proc/driver/nvidia/version', '/usr/lib/wsl/lib/libcuda.so.1']

/** Is an NVIDIA driver working here? Containers may hide the files, so nvidia-smi is asked too where it exists. */
export function hasNvidiaDriver() {
  if (driverFiles.some((file) => existsSync(file))) return true
  return spawnSync('nvidia-smi', ['-L'], { stdio: 'ignore', timeout: 5000 }).status === 0
}
