import { shadeLabel, type ReferenceLine, type ShadedRange } from './marks.ts'
import type { AxisScale } from './ticks.ts'

/** Between a label and the line above it, and the least to a line below it, in pixels. */
const gap = 4

/** A label above a line takes 16 pixels, of which 10 may be above the plot. */
const leastAbove = 6

/** Pixels from the top of a plot of this height to a value. */
function depthOf(value: number, { min, max, logarithmic }: AxisScale, height: number): number {
  const [low, high, at] = logarithmic ? [Math.log(min), Math.log(max), Math.log(value)] : [min, max, value]
  return (height * (high - at)) / (high - low)
}

/** A label above a line at the top of the plot would be cut off: it stands below. */
export function withLabelsInside(
  references: readonly ReferenceLine[],
  plot: { readonly y: AxisScale; readonly height: number },
): ReferenceLine[] {
  return references.map((line) =>
    line.axis === 'y' && line.label !== undefined && depthOf(line.at, plot.y, plot.height) < leastAbove
      ? { ...line, isLabelBelow: true }
      : line,
  )
}

/** The shades with their labels below the reference lines that would cross them; where that leaves no room in the plot, they stay at its top. */
export function clearOfLines(
  shades: readonly ShadedRange[],
  references: readonly ReferenceLine[],
  plot: { readonly y: AxisScale; readonly height: number },
): ShadedRange[] {
  const depths = references
    .filter(({ axis }) => axis === 'y')
    .map(({ at }) => depthOf(at, plot.y, plot.height))
    .toSorted((one, other) => one - other)
  return shades.map((shade) => {
    if (shade.label === undefined) return shade
    const labelHeight = shade.label.split('\n').length * shadeLabel.lineHeight
    let distance: number = shadeLabel.distance
    for (const depth of depths)
      if (depth > distance - gap && depth < distance + labelHeight + gap) distance = depth + gap
    const fits = distance + labelHeight <= plot.height
    return distance === shadeLabel.distance || !fits ? shade : { ...shade, labelDistance: distance }
  })
}
