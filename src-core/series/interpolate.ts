/**
 * Values of the polyline (`x` ascending, `y`) at the ascending positions `grid`, linearly between neighbouring points.
 * NaN outside the range of `x` (nothing is extrapolated) and wherever a neighbouring `y` is NaN. Empty input gives NaN everywhere.
 */
export function interpolate(x: ArrayLike<number>, y: ArrayLike<number>, grid: ArrayLike<number>): Float64Array {
  const values = new Float64Array(grid.length).fill(NaN)
  let right = 0
  for (let i = 0; i < grid.length; i++) {
    const at = grid[i] ?? NaN
    while (right < x.length && (x[right] ?? NaN) < at) right++
    if (right >= x.length) break
    const xRight = x[right] ?? NaN
    const yRight = y[right] ?? NaN
    if (xRight === at) values[i] = yRight
    else if (right > 0) {
      const xLeft = x[right - 1] ?? NaN
      const yLeft = y[right - 1] ?? NaN
      values[i] = yLeft + ((yRight - yLeft) * (at - xLeft)) / (xRight - xLeft)
    }
  }
  return values
}
