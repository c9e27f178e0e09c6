import { describe, expect, it } from 'vitest'
import { loadTensorEngine } from '#engine/tensor/loadTensorEngine.ts'
import { testOperations } from './operationCases.ts'

const engine = await loadTensorEngine()

describe(`tensor operations on ${engine.kind} ${engine.version}`, () => {
  testOperations(engine.operations)

  it('warns exactly when it fell back to JavaScript', () => {
    expect(engine.devices.length).toBeGreaterThan(0)
    const isFallback = engine.kind === 'javascript'
    expect(engine.warning ?? '').toMatch(isFallback ? /^TensorFlow did not load .*JavaScript backend/ : /^$/)
  })
})
