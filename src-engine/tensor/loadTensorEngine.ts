import { loadJavascript } from './javascript/loadJavascript.ts'
import type { TensorEngine, TensorEngineOptions } from './tensorEngine.ts'
import { loadTensorFlow } from './tensorflow/loadTensorFlow.ts'

function firstLine(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause)
  return (message.split('\n')[0] ?? '').trim()
}

async function load(options: TensorEngineOptions): Promise<TensorEngine> {
  if (options.javascriptOnly === true) return loadJavascript(null)
  try {
    return loadTensorFlow()
  } catch (cause) {
    return loadJavascript(
      `TensorFlow did not load (${firstLine(cause)}): networks train on the JavaScript backend, about 60 times slower. "ergoscope doctor --install-engine" or Settings installs it.`,
    )
  }
}

let loaded: Promise<TensorEngine> | undefined

/** Loads the fastest tensor library that works here, once per process; later calls return the same engine whatever their options. */
export function loadTensorEngine(options: TensorEngineOptions = {}): Promise<TensorEngine> {
  loaded ??= load(options)
  return loaded
}
