import type { Series } from '#shared/contract/series.ts'

export interface ProbeCost {
  readonly name: string
  /** Share of all time spent on steps and probes, 0..1. */
  readonly share: number
}

const names: Record<string, string> = {
  full_gradient: 'Exact pass',
  gradient_noise: 'Noise trace',
  sharpness: 'Sharpness',
  spectral_density: 'Spectrum',
  balance: 'Balance',
  validation: 'Validation',
  sketch: 'Sketches',
}

export const costMetric = /^cost\/(.+)_ms$/

/** Sum of all values of a series that was read as one bucket (or as its few points). */
function total(series: Series): number {
  return series.mean.reduce((sum, mean, i) => sum + (Number.isFinite(mean) ? mean * (series.counts[i] ?? 1) : 0), 0)
}

function average(series: Series): number {
  const count = series.counts.reduce((sum, value) => sum + value, 0)
  return count > 0 ? total(series) / count : NaN
}

/** Shares of the time by probe, largest first, from the recorded costs, the mean step time and the steps taken. Empty when nothing was measured. */
export function probeCosts(series: readonly Series[], stepCount: number): ProbeCost[] {
  const stepTime = series.find((one) => one.metric === 'train/step_ms')
  const costs = series.flatMap((one) => {
    const probe = costMetric.exec(one.metric)?.[1]
    return probe === undefined ? [] : [{ name: names[probe] ?? probe, milliseconds: total(one) }]
  })
  const stepMs = stepTime ? average(stepTime) * stepCount : NaN
  const all = stepMs + costs.reduce((sum, cost) => sum + cost.milliseconds, 0)
  if (!(all > 0)) return []
  return costs
    .map((cost) => ({ name: cost.name, share: cost.milliseconds / all }))
    .toSorted((a, b) => b.share - a.share)
}

/** Mean milliseconds of one step without probes; NaN when it was not measured. */
export function meanStepMs(series: readonly Series[]): number {
  const stepTime = series.find((one) => one.metric === 'train/step_ms')
  return stepTime ? average(stepTime) : NaN
}
