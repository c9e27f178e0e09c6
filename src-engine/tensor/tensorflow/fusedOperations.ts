import type * as Tfjs from '@tensorflow/tfjs'
import { asTfjs, composedOperations } from '../javascript/composedOperations.ts'
import type { Activation, Tensor } from '../tensor.ts'
import type { TensorOperations } from '../tensorOperations.ts'
import type { KernelBackend, OperationAttribute } from './kernelBackend.ts'

/** TensorFlow's own operation for an activation, and for its gradient with the order of its inputs. */
const activationOperations: Record<
  Exclude<Activation, 'linear'>,
  { forward: string; backward: string; takesOutputFirst: boolean }
> = {
  relu: { forward: 'Relu', backward: 'ReluGrad', takesOutputFirst: false },
  tanh: { forward: 'Tanh', backward: 'TanhGrad', takesOutputFirst: true },
}

/**
 * The operations by TensorFlow's fused kernels, called by name past tfjs's own layers: an operation costs about 10 µs whatever it computes,
 * so one instead of four for a ReLU gradient is what makes a small network's step quick.
 */
export function fusedOperations(tf: typeof Tfjs, backend: KernelBackend): TensorOperations {
  const { binding } = backend
  const float = { name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT }
  const channelsLast = [float, { name: 'data_format', type: binding.TF_ATTR_STRING, value: 'NHWC' }]
  const labelled = [float, { name: 'Tlabels', type: binding.TF_ATTR_TYPE, value: binding.TF_INT32 }]
  const transposed = (a: boolean, b: boolean): OperationAttribute[] => [
    float,
    { name: 'transpose_a', type: binding.TF_ATTR_BOOL, value: a },
    { name: 'transpose_b', type: binding.TF_ATTR_BOOL, value: b },
  ]
  const products = {
    nn: transposed(false, false),
    tn: transposed(true, false),
    nt: transposed(false, true),
    tt: transposed(true, true),
  }
  const run = (operation: string, attributes: OperationAttribute[], ...inputs: Tensor[]) =>
    backend.executeSingleOutput(operation, attributes, inputs.map(asTfjs))

  return {
    ...composedOperations(tf),
    add: (a, b) => run('AddV2', [float], a, b),
    scale: (tensor, factor) => run('Mul', [float], tensor, tf.scalar(factor)),
    multiply: (a, b) => run('Mul', [float], a, b),
    inverseRoot: (tensor, offset) => run('Rsqrt', [float], run('AddV2', [float], tensor, tf.scalar(offset))),
    matMul: (a, b, transposeA, transposeB) =>
      run('MatMul', products[`${transposeA ? 't' : 'n'}${transposeB ? 't' : 'n'}`], a, b),
    addBias: (tensor, bias) => run('BiasAdd', channelsLast, tensor, bias),
    biasGradient: (outputGradient) => run('BiasAddGrad', channelsLast, outputGradient),
    activate: (tensor, activation) =>
      activation === 'linear' ? tensor : run(activationOperations[activation].forward, [float], tensor),
    activationGradient: (output, gradient, activation) => {
      if (activation === 'linear') return gradient
      const { backward, takesOutputFirst } = activationOperations[activation]
      return takesOutputFirst ? run(backward, [float], output, gradient) : run(backward, [float], gradient, output)
    },
    softmaxCrossEntropy: (logits, labels) => {
      const [losses, logitsGradient] = backend.executeMultipleOutputs(
        'SparseSoftmaxCrossEntropyWithLogits',
        labelled,
        [asTfjs(logits), asTfjs(labels)],
        2,
      )
      if (!losses || !logitsGradient)
        throw new Error('SparseSoftmaxCrossEntropyWithLogits returned fewer than two tensors')
      return { losses, logitsGradient }
    },
  }
}
