const losses = ['probe/loss', 'train/loss', 'loss']
const gradientNorms = ['probe/gradient_norm', 'gradient_norm']

/** The metrics of a run that span its phase plot; null when it recorded no loss or no gradient norm. */
export function phaseMetrics(names: readonly string[]): { loss: string; gradientNorm: string } | null {
  const loss = losses.find((name) => names.includes(name))
  const gradientNorm = gradientNorms.find((name) => names.includes(name))
  return loss !== undefined && gradientNorm !== undefined ? { loss, gradientNorm } : null
}
