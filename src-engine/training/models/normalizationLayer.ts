import type { Activation, Tensor } from '#engine/tensor/tensor.ts'
import type { TensorOperations } from '#engine/tensor/tensorOperations.ts'
import type { Layer } from './layer.ts'

/** Added to the variance: far below that of any signal, so that the scale of the weights before it does not matter. */
const epsilon = 1e-6

interface Normalized {
  /** r (x − mean x), `[batch, n]`. */
  readonly values: Tensor
  /** r = 1/√(variance + ε), `[batch, 1]`. */
  readonly factor: Tensor
}

function minus(operations: TensorOperations, a: Tensor, b: Tensor): Tensor {
  return operations.add(a, operations.scale(b, -1))
}

function centred(operations: TensorOperations, tensor: Tensor): Tensor {
  return minus(operations, tensor, operations.meanOfLast(tensor))
}

/** Mean of a ⊙ b over the last axis. */
function meanProduct(operations: TensorOperations, a: Tensor, b: Tensor): Tensor {
  return operations.meanOfLast(operations.multiply(a, b))
}

function normalize(operations: TensorOperations, input: Tensor): Normalized {
  const centre = centred(operations, input)
  const factor = operations.inverseRoot(meanProduct(operations, centre, centre), epsilon)
  return { values: operations.multiply(centre, factor), factor }
}

/** The bracket of the derivative r [P u − y mean(y ⊙ u)], which is symmetric; P subtracts the mean. */
function bracket(operations: TensorOperations, { values }: Normalized, vector: Tensor, product: Tensor): Tensor {
  return minus(operations, centred(operations, vector), operations.multiply(values, product))
}

function applyDerivative(operations: TensorOperations, normalized: Normalized, vector: Tensor): Tensor {
  const product = meanProduct(operations, normalized.values, vector)
  return operations.multiply(bracket(operations, normalized, vector, product), normalized.factor)
}

/**
 * activation(y), y = (x − mean)/√(variance + ε) over the last axis of each example: layer normalisation (Ba, Kiros & Hinton 2016) without gain and bias of its own,
 * so that whatever weights come before are scale-invariant. With y' the tangent of y, r' = −r² mean(y ⊙ x').
 */
export function normalizationLayer(name: string, size: number, activation: Activation): Layer {
  return {
    name,
    parameters: [],
    outputShape: [size],
    forward: (operations, _parameters, input) => operations.activate(normalize(operations, input).values, activation),
    backward: (operations, { input, output }, outputGradient, needsInputGradient) => {
      if (!needsInputGradient) return { parameters: [], input: null }
      const gradient = operations.activationGradient(output, outputGradient, activation)
      return { parameters: [], input: applyDerivative(operations, normalize(operations, input), gradient) }
    },
    forwardTangent: (operations, { input, output }, tangents) =>
      tangents.input &&
      operations.activationGradient(
        output,
        applyDerivative(operations, normalize(operations, input), tangents.input),
        activation,
      ),
    backwardTangent: (operations, { input, output }, tangents, outputGradient, needsInputGradient) => {
      if (!needsInputGradient || !tangents.input) return { parameters: [], input: null }
      const normalized = normalize(operations, input)
      const { values, factor } = normalized
      const gradient = operations.activationGradient(output, outputGradient.value, activation)
      const linear = operations.activationGradient(output, outputGradient.tangent, activation)
      const bend = operations.activationCurvature(output, tangents.output, outputGradient.value, activation)
      const gradientTangent = bend ? operations.add(linear, bend) : linear
      const valuesTangent = applyDerivative(operations, normalized, tangents.input)
      const product = meanProduct(operations, values, gradient)
      const productTangent = operations.add(
        meanProduct(operations, valuesTangent, gradient),
        meanProduct(operations, values, gradientTangent),
      )
      const growth = operations.multiply(factor, meanProduct(operations, values, tangents.input))
      const inner = minus(
        operations,
        bracket(operations, normalized, gradientTangent, productTangent),
        operations.add(
          operations.multiply(valuesTangent, product),
          operations.multiply(bracket(operations, normalized, gradient, product), growth),
        ),
      )
      return { parameters: [], input: operations.multiply(inner, factor) }
    },
  }
}
