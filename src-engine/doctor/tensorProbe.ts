import { loadTensorEngine } from '#engine/tensor/loadTensorEngine.ts'

// Run by tensorCheck.ts as a process of its own: says in one line of JSON what loads.
const { kind, version, devices, warning } = await loadTensorEngine()
process.stdout.write(`\n${JSON.stringify({ kind, version, devices, warning })}\n`, () => process.exit(0))
