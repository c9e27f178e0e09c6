import { createRequire } from 'node:module'
import type * as Tfjs from '@tensorflow/tfjs'
import type { TensorEngine } from '../tensorEngine.ts'
import { composedOperations } from './composedOperations.ts'

/** Loads tfjs's pure-JavaScript backend, which works wherever Node does. */
export async function loadJavascript(warning: string | null): Promise<TensorEngine> {
  const require = createRequire(import.meta.url)
  const tf = require('@tensorflow/tfjs') as typeof Tfjs // CommonJS, so that it is the same instance as tfjs-node's
  tf.enableProdMode()
  await tf.setBackend('cpu')
  return {
    kind: 'javascript',
    version: tf.version.tfjs,
    bindingVersion: tf.version.tfjs,
    devices: ['CPU'],
    warning,
    operations: composedOperations(tf),
  }
}
