import type * as Tfjs from '@tensorflow/tfjs'
import type { Activation, Tensor } from '../tensor.ts'
import type { TensorOperations } from '../tensorOperations.ts'

/** Every tensor behind our opaque type was made by tfjs: this is the only place where the two types meet. */
export function asTfjs(tensor: Tensor): Tfjs.Tensor {
  return tensor as Tfjs.Tensor // our Tensor is an opaque face of it
}

const activations: Record<Activation, (tf: typeof Tfjs, tensor: Tfjs.Tensor) => Tfjs.Tensor> = {
  linear: (_tf, tensor) => tensor,
  relu: (tf, tensor) => tf.relu(tensor),
  tanh: (tf, tensor) => tf.tanh(tensor),
}

const activationGradients: Record<
  Activation,
  (tf: typeof Tfjs, output: Tfjs.Tensor, gradient: Tfjs.Tensor) => Tfjs.Tensor
> = {
  linear: (_tf, _output, gradient) => gradient,
  relu: (tf, output, gradient) => tf.mul(gradient, tf.step(output)),
  tanh: (tf, output, gradient) => tf.mul(gradient, tf.sub(1, tf.square(output))),
}

/** The operations from tfjs's public ones, on whichever backend is active; slower than fused ones, and correct everywhere. */
export function composedOperations(tf: typeof Tfjs): TensorOperations {
  const convolutionAttributes = (stride: number) => ({
    strides: [stride, stride],
    pad: 'same',
    dataFormat: 'NHWC',
    dimRoundingMode: undefined,
  })
  const runKernel = (name: string, inputs: Record<string, Tfjs.Tensor>, attributes: Record<string, unknown>): Tensor =>
    tf.engine().runKernel<Tfjs.Tensor>(name, inputs, attributes as Tfjs.NamedAttrMap) // these kernels take plain attributes
  return {
    scope: (body) => {
      const engine = tf.engine()
      engine.startScope()
      try {
        return body()
      } finally {
        engine.endScope()
      }
    },
    keep: (tensor) => {
      tf.keep(asTfjs(tensor))
    },
    dispose: (tensor) => {
      asTfjs(tensor).dispose()
    },
    tensorCount: () => tf.memory().numTensors,
    fromHost: (values, shape) => tf.tensor(values, [...shape], values instanceof Int32Array ? 'int32' : 'float32'),
    toHost: (tensor) => asTfjs(tensor).dataSync<'float32'>(),
    reshape: (tensor, shape) => tf.reshape(asTfjs(tensor), [...shape]),
    gatherRows: (tensor, indices) => tf.gather(asTfjs(tensor), asTfjs(indices)),
    add: (a, b) => tf.add(asTfjs(a), asTfjs(b)),
    scale: (tensor, factor) => tf.mul(asTfjs(tensor), factor),
    multiply: (a, b) => tf.mul(asTfjs(a), asTfjs(b)),
    meanOfLast: (tensor) => tf.mean(asTfjs(tensor), -1, true),
    inverseRoot: (tensor, offset) => tf.rsqrt(tf.add(asTfjs(tensor), offset)),
    matMul: (a, b, transposeA, transposeB) => tf.matMul(asTfjs(a), asTfjs(b), transposeA, transposeB),
    addBias: (tensor, bias) => tf.add(asTfjs(tensor), asTfjs(bias)),
    biasGradient: (outputGradient) => {
      const gradient = asTfjs(outputGradient)
      return tf.sum(
        gradient,
        gradient.shape.slice(0, -1).map((_, axis) => axis),
      )
    },
    activate: (tensor, activation) => activations[activation](tf, asTfjs(tensor)),
    activationGradient: (output, gradient, activation) =>
      activationGradients[activation](tf, asTfjs(output), asTfjs(gradient)),
    activationCurvature: (output, outputTangent, outputGradient, activation) =>
      // tanh'' = −2 tanh · tanh', and the tangent holds tanh' already.
      activation === 'tanh'
        ? tf.mul(tf.mul(asTfjs(output), -2), tf.mul(asTfjs(outputTangent), asTfjs(outputGradient)))
        : null,
    softmaxCrossEntropy: (logits, labels) => {
      const scores = asTfjs(logits)
      const target = tf.oneHot(asTfjs(labels), scores.shape[1] ?? 0)
      const logProbabilities = tf.logSoftmax(scores)
      return {
        losses: tf.neg(tf.sum(tf.mul(target, logProbabilities), 1)),
        logitsGradient: tf.sub(tf.exp(logProbabilities), target),
      }
    },
    softmaxTangent: (logits, tangent) => {
      const probabilities = tf.softmax(asTfjs(logits))
      const weighted = tf.mul(probabilities, asTfjs(tangent))
      return tf.sub(weighted, tf.mul(probabilities, tf.sum(weighted, 1, true)))
    },
    convolve: (input, filter, stride) =>
      tf.conv2d(asTfjs(input) as Tfjs.Tensor4D, asTfjs(filter) as Tfjs.Tensor4D, stride, 'same'), // ranks by contract
    convolveInputGradient: (outputGradient, filter, inputShape, stride) =>
      runKernel(
        'Conv2DBackpropInput',
        { dy: asTfjs(outputGradient), filter: asTfjs(filter) },
        { ...convolutionAttributes(stride), inputShape: [...inputShape] },
      ),
    convolveFilterGradient: (outputGradient, input, filterShape, stride) =>
      runKernel(
        'Conv2DBackpropFilter',
        { x: asTfjs(input), dy: asTfjs(outputGradient) },
        { ...convolutionAttributes(stride), filterShape: [...filterShape] },
      ),
  }
}
