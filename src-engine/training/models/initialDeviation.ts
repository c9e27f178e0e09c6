import type { Activation } from '#engine/tensor/tensor.ts'

/** Standard deviation that keeps the scale of signals through a layer: √(2/fan-in) before a ReLU (He et al. 2015), √(1/fan-in) otherwise (LeCun et al. 1998). */
export function initialDeviation(fanIn: number, activation: Activation): number {
  return Math.sqrt((activation === 'relu' ? 2 : 1) / fanIn)
}
