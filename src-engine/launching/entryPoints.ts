import { join } from 'node:path'

const isSource = import.meta.filename.endsWith('.ts')

/** Modules that are started as processes: as they lie in the checkout, or beside the bundled engine. */
export const entryPoints = {
  worker: isSource ? join(import.meta.dirname, '..', 'training', 'worker.ts') : join(import.meta.dirname, 'worker.js'),
  supervisor: isSource ? join(import.meta.dirname, 'supervise.ts') : join(import.meta.dirname, 'supervise.js'),
}
