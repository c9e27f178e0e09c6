import { existsSync } from 'node:fs'
import type { DoctorCheck } from '#shared/contract/engine.ts'
import { ergoscopeCommand } from '#engine/installation/ergoscopeCommand.ts'
import { type Check, systemPackages, works } from './check.ts'
import { firstLine, runProgram } from './runProgram.ts'

/** Python's pip fetches the tensor library. */
export const checkPip: Check = async ({ signal }) => {
  const { isOk, stdout } = await runProgram('python3', ['-m', 'pip', '--version'], { signal })
  if (isOk) return works('pip', 'Python with pip', firstLine(stdout).replace(/ from .*\(/, ' ('))
  return neededForTensorLibrary('pip', 'Python with pip', 'python3 -m pip does not run', 'python3 python3-pip')
}

/** g++ builds the binding between Node and the tensor library. */
export const checkCompiler: Check = async ({ signal }) => {
  const { isOk, stdout } = await runProgram('g++', ['--version'], { signal })
  if (isOk) return works('compiler', 'C++ compiler', firstLine(stdout))
  return neededForTensorLibrary('compiler', 'C++ compiler', 'g++ does not run', 'g++')
}

function neededForTensorLibrary(id: string, title: string, detail: string, packages: string): DoctorCheck {
  return {
    id,
    title,
    status: 'limited',
    detail: `${detail}: only installing the tensor library needs it`,
    advice: 'Install it, then the tensor library',
    command: systemPackages(packages),
  }
}

/** The driver decides whether the set-up takes the CUDA build. */
export const checkNvidia: Check = async ({ signal }) => {
  const query = ['--query-gpu=name,driver_version,memory.total', '--format=csv,noheader']
  const { isOk, stdout } = await runProgram('nvidia-smi', query, { signal })
  if (isOk && stdout !== '') return works('nvidia', 'NVIDIA driver', stdout.split('\n').join('; '))
  return {
    id: 'nvidia',
    title: 'NVIDIA driver',
    status: 'limited',
    detail: existsSync('/proc/driver/nvidia')
      ? 'a driver is loaded, but nvidia-smi does not answer'
      : 'no driver found: training runs on the CPU',
    advice:
      'Nothing to do for small networks; for large ones install the driver of an NVIDIA GPU, then the tensor library again',
    command: null,
  }
}

/** The window needs a display; the command line does not. */
export const checkDisplay: Check = ({ environment }) => {
  const display = environment['WAYLAND_DISPLAY'] ?? environment['DISPLAY']
  if (process.platform !== 'linux') return works('display', 'Display', 'provided by the system')
  if (display) return works('display', 'Display', `${environment['WAYLAND_DISPLAY'] ? 'Wayland' : 'X11'} ${display}`)
  return {
    id: 'display',
    title: 'Display',
    status: 'limited',
    detail: 'neither DISPLAY nor WAYLAND_DISPLAY is set: no window can open here',
    advice: 'The command line does everything without one; over ssh, -X forwards the window',
    command: ergoscopeCommand('--help'),
  }
}
