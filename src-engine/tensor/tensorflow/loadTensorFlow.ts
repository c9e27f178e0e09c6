import { createRequire } from 'node:module'
import util from 'node:util'
import type * as Tfjs from '@tensorflow/tfjs'
import type { TensorEngine } from '../tensorEngine.ts'
import { fusedOperations } from './fusedOperations.ts'
import type { KernelBackend } from './kernelBackend.ts'
import { findUserLibrary } from './libraryPlaces.ts'
import { preloadLibrary } from './preloadLibrary.ts'

/** tfjs-node 4.22 calls two functions that Node 23 removed. */
function restoreRemovedNodeFunctions(): void {
  const legacy: { isNullOrUndefined?: (value: unknown) => boolean; isArray?: (value: unknown) => boolean } = util
  legacy.isNullOrUndefined ??= (value) => value === null || value === undefined
  legacy.isArray ??= (value) => Array.isArray(value)
}

/** Environment that the native library reads once, while it loads. What the user has set wins. */
function setNativeDefaults(): void {
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '3'
  process.env['TF_FORCE_GPU_ALLOW_GROWTH'] ??= 'true'
}

/** Loads tfjs-node-gpu with the user's TensorFlow, else with the one that it was built against. Throws when the addon or its libraries are missing. */
export function loadTensorFlow(): TensorEngine {
  restoreRemovedNodeFunctions()
  setNativeDefaults()
  const library = findUserLibrary()
  if (library !== null) preloadLibrary(library.folder)
  const require = createRequire(import.meta.url)
  const tf = require('@tensorflow/tfjs-node-gpu') as typeof Tfjs // re-exports all of tfjs and registers its backend
  tf.enableProdMode()
  const backend = tf.backend() as unknown as KernelBackend // the backend that the line above registered
  const isCuda = backend.isUsingGpuDevice
  return {
    kind: isCuda ? 'tensorflow-cuda' : 'tensorflow-cpu',
    version: backend.binding.TF_Version,
    bindingVersion: tf.version.tfjs,
    devices: isCuda ? ['GPU', 'CPU'] : ['CPU'],
    warning: null,
    operations: fusedOperations(tf, backend),
  }
}
