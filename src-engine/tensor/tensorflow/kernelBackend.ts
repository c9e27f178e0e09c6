import type * as Tfjs from '@tensorflow/tfjs'

/** One attribute of a TensorFlow operation as the binding takes it. */
export interface OperationAttribute {
  name: string
  type: number
  value: boolean | number | string | number[]
}

/** The part of tfjs-node's backend and native binding that the fused operations use. */
export interface KernelBackend {
  readonly isUsingGpuDevice: boolean
  readonly binding: {
    readonly TF_Version: string
    readonly TF_FLOAT: number
    readonly TF_INT32: number
    readonly TF_ATTR_TYPE: number
    readonly TF_ATTR_BOOL: number
    readonly TF_ATTR_STRING: number
  }
  executeSingleOutput(operation: string, attributes: OperationAttribute[], inputs: Tfjs.Tensor[]): Tfjs.Tensor
  executeMultipleOutputs(
    operation: string,
    attributes: OperationAttribute[],
    inputs: Tfjs.Tensor[],
    outputCount: number,
  ): Tfjs.Tensor[]
}
