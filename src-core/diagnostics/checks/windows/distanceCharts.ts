import { isConstant, mean, standardDeviation } from '../../../statistics/moments.ts'
import { wasserstein1 } from '../../../statistics/distances.ts'
import type { DiagnosticChart } from '../../results/diagnosticResult.ts'
import type { HalvesDistance } from './observableDistances.ts'
import type { JudgedVector, SegmentContext } from '../segmentContext.ts'
import { windowQuantiles } from '../loss/windowQuantiles.ts'

/** Distances of the halves over those of odd and even blocks, and the distributions of every judged observable by window but the loss, whose own diagnostic shows them; of a vector the component whose halves differ most. */
export function distanceCharts(context: SegmentContext, distances: readonly HalvesDistance[]): DiagnosticChart[] {
  return [...ratioChart(context, distances), ...quantileCharts(context)].filter(
    (chart) => chart.kind !== 'window-quantiles' || chart.windows.length > 0,
  )
}

function ratioChart({ margins }: SegmentContext, distances: readonly HalvesDistance[]): DiagnosticChart[] {
  const rows = distances
    .filter(({ distance, halves, within }) => distance !== 'MMD²' && Number.isFinite(halves / within))
    .map(({ observable, distance, halves, within }) => ({
      label: `${observable}, ${distance}`,
      estimate: halves / within,
      low: Number.NaN,
      high: Number.NaN,
      isReference: false,
    }))
  if (rows.length === 0) return []
  return [
    {
      kind: 'forest',
      title: 'Distances of the halves',
      xName: 'over the distance of odd and even blocks',
      rows,
      marginLow: 0,
      marginHigh: margins.windowDistanceRatio,
    },
  ]
}

function quantileCharts({ scalars, vectors, margins, judged }: SegmentContext): DiagnosticChart[] {
  const drift = margins.driftOfFluctuation
  const ofScalars = scalars
    .filter(({ kind, values }) => kind !== 'loss' && !isConstant(values))
    .map(({ name, steps, values }) => ({ name, note: '', steps, values }))
  const ofVectors = vectors.flatMap((vector) => {
    const place = mostDifferent(vector)
    const values = vector.components[place]
    const first = judged.vectors[vector.kind === 'weights' ? 'weights' : 'function_outputs']?.steps[0] ?? 0
    return values && !isConstant(values)
      ? [
          {
            name: `${vector.name} ${place + 1}`,
            note: ', the component that differs most',
            steps: values.map((_, row) => first + row * vector.stepsPerRow),
            values,
          },
        ]
      : []
  })
  return [...ofScalars, ...ofVectors].map(({ name, note, steps, values }) => ({
    ...windowQuantiles({ steps, values }, { mean: mean(values), margin: drift * standardDeviation(values) }),
    title: `${name} by window${note}`,
  }))
}

/** Index of the component whose halves are furthest apart in its own standard deviations. */
function mostDifferent({ components }: JudgedVector): number {
  const effects = components.map((values) => {
    const middle = values.length >> 1
    return isConstant(values)
      ? Number.NEGATIVE_INFINITY
      : wasserstein1(values.subarray(0, middle), values.subarray(middle)) / standardDeviation(values)
  })
  return effects.indexOf(Math.max(...effects))
}
