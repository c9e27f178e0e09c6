import { formatInteger } from '#core/format/formatCount.ts'
import { formatEstimate } from '#core/format/formatEstimate.ts'
import { formatFixed, formatNumber } from '#core/format/formatNumber.ts'
import { logLogSlope, type LogLogSlope } from '#core/series/logLogSlope.ts'
import type { HorizontalAxis } from '#shared/contract/series.ts'
import type { PlotLine } from '#figures/plot/plotLine.ts'

export interface SlopeReadout {
  readonly line: PlotLine
  readonly fit: LogLogSlope
  /** `slope −1.324 ± 0.015`. */
  readonly headline: string
  /** `log–log, 22 points, steps 558–1 860, R² 0.997`. */
  readonly detail: string
  readonly guide: { readonly x: readonly number[]; readonly y: readonly number[] }
}

/** Without a range of the reader's own, the fit covers the last half decade of the line: what it does now, not how it began. */
const defaultDecades = 0.5
const fewestPoints = 5
/** The guide is lifted off the curve by this factor. */
const lift = 1.9

const plural: Record<HorizontalAxis, string> = {
  step: 'steps',
  epoch: 'epochs',
  wall_time: 'times',
  relative_time: 'seconds',
}

function lastPositive(line: PlotLine): number {
  for (let i = line.x.length - 1; i >= 0; i--)
    if ((line.x[i] ?? NaN) > 0 && (line.y[i] ?? NaN) > 0) return line.x[i] ?? NaN
  return NaN
}

function fitLine(line: PlotLine, range: readonly [number, number] | null): LogLogSlope | null {
  const end = lastPositive(line)
  // An average has correlated errors: every point is fitted as it was logged wherever the points are there.
  const y = line.raw ?? line.y
  const fit = range
    ? logLogSlope(line.x, y, range[0], range[1])
    : logLogSlope(line.x, y, end / 10 ** defaultDecades, end)
  return fit && fit.pointCount >= fewestPoints ? fit : null
}

/** The power law of one line in a log–log chart: of the one that is singled out, else of the steepest. Null when no line has enough points. */
export function slopeReadout(
  lines: readonly PlotLine[],
  range: readonly [number, number] | null,
  axis: HorizontalAxis,
  singledOut: readonly string[],
): SlopeReadout | null {
  const chosen = lines.filter((line) => singledOut.includes(line.id))
  const fits = (chosen.length > 0 ? chosen : lines).flatMap((line) => {
    const fit = fitLine(line, range)
    return fit ? [{ line, fit }] : []
  })
  const best = fits.toSorted((a, b) => Math.abs(b.fit.slope) - Math.abs(a.fit.slope))[0]
  if (!best) return null
  const { line, fit } = best
  const at = (x: number): number => (axis === 'step' ? Math.round(x) : x)
  const position = (x: number): string => (axis === 'step' ? formatInteger(x) : formatNumber(x))
  return {
    line,
    fit,
    headline: `slope ${formatEstimate(fit.slope, fit.standardError)}`,
    detail: `log–log, ${formatInteger(fit.pointCount)} points, ${plural[axis]} ${position(at(fit.from))}–${position(at(fit.to))}, R² ${formatFixed(fit.rSquared, 3)}`,
    guide: {
      x: [fit.from, fit.to],
      y: [fit.from, fit.to].map((x) => lift * 10 ** (fit.intercept + fit.slope * Math.log10(x))),
    },
  }
}
