export const previewSize = { width: 128, height: 22 } as const
const inset = 2

/** A column's preview as an SVG path over its row numbers; values that are not finite leave a gap. */
export function previewPath(values: Float64Array): string {
  const finite = Array.from(values).filter(Number.isFinite)
  const low = Math.min(...finite)
  const span = Math.max(...finite) - low
  let path = ''
  let isDrawing = false
  for (const [index, value] of values.entries()) {
    const isFinite = Number.isFinite(value)
    if (isFinite) {
      const x = inset + (index / Math.max(1, values.length - 1)) * (previewSize.width - 2 * inset)
      const y = inset + (span > 0 ? 1 - (value - low) / span : 0.5) * (previewSize.height - 2 * inset)
      path += `${isDrawing ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`
    }
    isDrawing = isFinite
  }
  return path
}
