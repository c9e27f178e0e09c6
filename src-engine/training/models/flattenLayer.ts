import type { Layer } from './layer.ts'

/** `[batch, ...]` to `[batch, product of the rest]`, without parameters. */
export function flattenLayer(name: string, inputShape: readonly number[]): Layer {
  const size = inputShape.reduce((product, extent) => product * extent, 1)
  return {
    name,
    parameters: [],
    outputShape: [size],
    forward: (operations, _parameters, input) => operations.reshape(input, [input.shape[0] ?? 0, size]),
    backward: (operations, { input }, outputGradient, needsInputGradient) => ({
      parameters: [],
      input: needsInputGradient ? operations.reshape(outputGradient, input.shape) : null,
    }),
    forwardTangent: (operations, { output }, tangents) =>
      tangents.input && operations.reshape(tangents.input, output.shape),
    backwardTangent: (operations, { input }, _tangents, outputGradient, needsInputGradient) => ({
      parameters: [],
      input: needsInputGradient ? operations.reshape(outputGradient.tangent, input.shape) : null,
    }),
  }
}
