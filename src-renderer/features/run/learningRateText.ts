import { formatExact } from '#core/format/formatExact.ts'

/** A learning rate as somebody chose it: a schedule's products (0.1 · 0.1) lose their rounding. */
export function learningRateText(learningRate: number): string {
  return `η ${formatExact(Number(learningRate.toPrecision(6)))}`
}
