import { join } from 'node:path'
import { z } from 'zod'
import type { DoctorCheck } from '#shared/contract/engine.ts'
import { installation } from '#engine/installation/installation.ts'
import { installedKind, userLibraryRoot } from '#engine/tensor/tensorflow/libraryPlaces.ts'
import { ergoscopeCommand } from '#engine/installation/ergoscopeCommand.ts'
import { type Check, works } from './check.ts'
import { firstLine, runProgram } from './runProgram.ts'

/** What tensorProbe.ts prints. */
export const tensorProbeSchema = z.object({
  kind: z.enum(['tensorflow-cuda', 'tensorflow-cpu', 'javascript']),
  version: z.string(),
  devices: z.array(z.string()),
  warning: z.string().nullable(),
})

const probeTimeoutMs = 45_000
const probe = join(import.meta.dirname, import.meta.url.endsWith('.ts') ? 'tensorProbe.ts' : 'tensorProbe.js')

/** Loads the tensor library in a process of its own: it takes 400 MB, and a broken one must not take the engine along. */
export const checkTensorLibrary: Check = async ({ signal }) => {
  const { isOk, stdout, stderr } = await runProgram(process.execPath, [probe], { timeoutMs: probeTimeoutMs, signal })
  const loaded = isOk ? tensorProbeSchema.safeParse(parseJson(stdout.split('\n').at(-1) ?? '')).data : undefined
  if (!loaded) return notWorking(`does not load: ${firstLine(stderr) || 'no answer'}`)
  if (loaded.kind === 'javascript')
    return notWorking(
      isInstalled()
        ? (loaded.warning ?? 'TensorFlow does not load')
        : 'not installed: networks train about 60 times slower',
    )
  const build = loaded.kind === 'tensorflow-cuda' ? 'CUDA build' : 'CPU build'
  return works('tensor', 'Tensor library', `TensorFlow ${loaded.version}, ${build}, on ${loaded.devices.join(', ')}`)
}

/** Whether there is a TensorFlow that should have loaded: in a checkout the set-up's, else the user's. */
function isInstalled(): boolean {
  return (
    installation === null || Boolean(process.env['ERGOSCOPE_TENSORFLOW']) || installedKind(userLibraryRoot()) !== null
  )
}

function notWorking(detail: string): DoctorCheck {
  return {
    id: 'tensor',
    title: 'Tensor library',
    status: 'limited',
    detail,
    advice: 'Recorded runs can be analysed; to train networks at full speed, install it',
    command: ergoscopeCommand('doctor --install-engine'),
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    if (cause instanceof SyntaxError) return null
    throw cause
  }
}
